package dev.sigmax.bench;

import java.nio.file.Path;

/** Something that reads a table of logits, scores it and writes probabilities, both as Parquet. */
interface Engine {
  String name();

  /** Whether it is worth running on this shape. */
  default boolean serves(Shape shape) {
    return true;
  }

  /** Reads {@code input}, writes {@code output}, which is not there yet: a file or a folder. */
  void run(Shape shape, Path input, Path output) throws Exception;
}

package dev.sigmax.input;

import java.util.Optional;

/**
 * Which readers can read the pages of all files. Spark's row reader can, as far as footers tell.
 *
 * @param notVectorized why Spark's vectorized reader cannot, or would misread; empty if it can
 * @param notOwn why Sigmax's page reader cannot; empty if it can
 */
public record Readers(Optional<String> notVectorized, Optional<String> notOwn) {
  /** Any reader. */
  static final Readers ALL = new Readers(Optional.empty(), Optional.empty());

  /** Whether batches can be read by Sigmax's page reader, and by no other. */
  public boolean ownAlone() {
    return notVectorized.isPresent() && notOwn.isEmpty();
  }

  /** Why nothing but Spark's row reader can read; empty if something else can. */
  public Optional<String> rowsAlone() {
    return notOwn.isPresent() ? notVectorized : Optional.empty();
  }

  /** The same where reading showed that neither of the others can. */
  Readers failed(String why) {
    return new Readers(Optional.of(notVectorized.orElse(why)), Optional.of(notOwn.orElse(why)));
  }
}

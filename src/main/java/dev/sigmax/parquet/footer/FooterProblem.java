package dev.sigmax.parquet.footer;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Why a footer cannot be read.
 *
 * @param name of the error that it is for whoever needs the file
 * @param text for a person, without a full stop
 */
public record FooterProblem(ErrorName name, String text) implements Serializable {
  /** Of a file that is not what it should be. */
  static FooterProblem of(String text) {
    return new FooterProblem(ErrorName.FILE_UNREADABLE, text);
  }

  /**
   * Of a file that could not be read. One that this user may not read may well be sound.
   *
   * @param text for every failure but a closed door
   */
  static FooterProblem of(Throwable failure, Supplier<String> text) {
    return Denial.in(failure)
        .map(denial -> new FooterProblem(ErrorName.INPUT_NO_PERMISSION, Denial.ofReading(denial)))
        .orElseGet(() -> of(text.get()));
  }
}

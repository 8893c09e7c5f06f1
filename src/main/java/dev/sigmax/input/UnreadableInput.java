package dev.sigmax.input;

import dev.sigmax.error.Causes;
import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import java.io.FileNotFoundException;
import org.apache.hadoop.fs.Path;

/** The exception for an input file that could not be read to its end. */
public final class UnreadableInput {
  private UnreadableInput() {}

  /** The exception for a file whose pages could not be read here. */
  public static InputException because(Path file, Throwable failure) {
    Throwable root = Causes.root(failure);
    String why = String.valueOf(root.getMessage());
    return because(file, why.lines().findFirst().orElse(why), root, failure);
  }

  /**
   * The exception for a file that lies on this machine's disk, and was not there for an executor.
   *
   * @param host the executor's machine
   */
  public static InputException elsewhere(Path file, String host, Throwable failure) {
    return new InputException(
        ErrorName.FILE_UNREADABLE,
        "cannot read the input file "
            + file
            + ": it is there for this process, and not for the executor on "
            + host
            + ". The input has to lie where the driver and every executor see it under the same"
            + " path: on HDFS, in a store or on a shared mount.",
        failure);
  }

  /**
   * The exception for a file that could not be read.
   *
   * @param why in a few words
   * @param root the first cause of {@code failure}
   */
  public static InputException because(Path file, String why, Throwable root, Throwable failure) {
    if (Denial.is(root)) {
      return new InputException(
          ErrorName.INPUT_NO_PERMISSION,
          "cannot read the input file " + file + ": " + Denial.ofReading(root) + ".",
          failure);
    }
    return new InputException(
        ErrorName.FILE_UNREADABLE,
        "cannot read the input file "
            + file
            + ": "
            + why
            + (root instanceof FileNotFoundException
                ? ". It went while it was read. Run again when nobody writes to the input."
                : ". It is damaged, or no longer what it was. Write it again."),
        failure);
  }
}

package dev.sigmax.error;

import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a closed door from an outage: a disk, a store or a catalog that does not let somebody in,
 * and will not the next time either.
 */
public final class Denial {
  /** By name: what throws them need not be here. */
  private static final Set<String> TYPES =
      Set.of(
          "org.apache.hadoop.security.AccessControlException",
          "org.apache.iceberg.exceptions.ForbiddenException",
          "org.apache.iceberg.exceptions.NotAuthorizedException");

  /** What comes without a type of its own: from a disk, a metastore, a client of S3. */
  private static final List<String> WORDS =
      List.of("permission denied", "read-only file system", "status code: 403");

  private Denial() {}

  /** What of a failure and its causes speaks of a closed door. */
  public static Optional<Throwable> in(Throwable failure) {
    return Causes.chain(failure).filter(Denial::is).findFirst();
  }

  /** Whether this failure itself does, whatever caused it. */
  public static boolean is(Throwable thrown) {
    if (thrown instanceof AccessDeniedException) {
      return true;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (TYPES.contains(type.getName())) {
        return true;
      }
    }
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(message::contains);
  }

  /**
   * The exception for a door of the output that is closed.
   *
   * @param what is not let in, such as "the table lake.db.scores cannot be opened"
   */
  public static Optional<OutputException> explain(String what, Throwable failure) {
    return in(failure)
        .map(
            denial ->
                new OutputException(
                    ErrorName.OUTPUT_NO_PERMISSION,
                    what + ": no permission (" + firstLine(denial) + ").",
                    failure));
  }

  /**
   * The exception for a door that is closed to who reads; empty where the failure is another.
   *
   * @param what cannot be read, such as "cannot read the manifest of /out"
   */
  public static Optional<InputException> explainReading(String what, Throwable failure) {
    return in(failure)
        .map(
            denial ->
                new InputException(
                    ErrorName.INPUT_NO_PERMISSION, what + ": " + ofReading(denial) + ".", failure));
  }

  /**
   * Returns where a failure is none of a closed door, for the caller to throw it.
   *
   * @throws InputException where it is one
   */
  public static void tellReading(String what, Throwable failure) {
    Optional<InputException> closed = explainReading(what, failure);
    if (closed.isPresent()) {
      throw closed.get();
    }
  }

  /** What there is to say of a file that this user may not read, without a full stop. */
  public static String ofReading(Throwable denial) {
    return "no permission ("
        + firstLine(denial)
        + "). Let this user read it, or run as one who may";
  }

  /** What a closed door says, in a line; its type where it says nothing. */
  public static String firstLine(Throwable denial) {
    return Optional.ofNullable(denial.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .map(line -> line.replaceFirst("[.]$", ""))
        .orElseGet(() -> denial.getClass().getSimpleName());
  }
}

package dev.sigmax.output;

import dev.sigmax.refusal.OutputRefusal;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Tells a full disk and a closed door from other failures. */
public final class OutputFailures {
  private OutputFailures() {}

  /** The refusal that a failure at {@code output} amounts to, or null where it is none. */
  public static OutputRefusal explain(Path output, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      if (lower.contains("no space left on device")
          || (lower.contains("quota") && lower.contains("exceeded"))) {
        return new OutputRefusal(
            "no space for the output " + output + ": " + firstLine(message) + ". Free some.",
            thrown);
      }
      if (cause instanceof AccessControlException
          || cause instanceof AccessDeniedException
          || lower.contains("permission denied")
          || lower.contains("read-only file system")) {
        return new OutputRefusal(
            "no permission at the output " + output + ": " + firstLine(message) + ".", thrown);
      }
    }
    return null;
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}

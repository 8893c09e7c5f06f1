package dev.sigmax.files;

/**
 * The sign {@code ~}, which a shell makes the home folder of, but not in quotes, behind {@code =}
 * or in a job file. To everything else it is a name like any other.
 */
public final class Tilde {
  private static final String HOME = "~/";

  private Tilde() {}

  /** What to add where {@code path} is not there; empty for most paths. */
  public static String hint(String path) {
    return path.startsWith(HOME) || path.contains("/" + HOME) || path.endsWith("/~")
        ? " A ~ is the home folder only where a shell reads it, and is a folder's name here; write"
            + " the path out."
        : "";
  }
}

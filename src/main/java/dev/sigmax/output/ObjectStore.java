package dev.sigmax.output;

import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Stores that have no folders: a rename of one copies object after object, before all eyes. */
public final class ObjectStore {
  private static final String SERVED = "s3a";
  private static final Set<String> REFUSED =
      Set.of("s3", "s3n", "gs", "wasb", "wasbs", "oss", "cos", "cosn", "obs", "swift");

  private ObjectStore() {}

  /** Whether a path lies on one that runs can be published on, by the manifest. */
  public static boolean holds(Path path) {
    return SERVED.equals(scheme(path));
  }

  /** Whether a path lies on one that runs cannot be published on. */
  public static boolean isRefused(Path path) {
    return REFUSED.contains(scheme(path));
  }

  private static String scheme(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }
}

package dev.sigmax.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * What this process takes out of the permissions of what it makes. Hadoop knows a setting instead,
 * which is 022 where nobody sets it: next to files that Java makes for their owner alone, it made
 * folders that everybody may read.
 */
final class Umask {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("Umask:\\s*([0-7]+)");
  private static final String NOBODY = "core-default.xml";

  private Umask() {}

  /** The mask in octal; empty where the system does not tell. */
  static Optional<String> ofProcess() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .map(LINE::matcher)
          .filter(line -> line.matches())
          .findFirst()
          .map(line -> line.group(1));
    } catch (IOException notTold) {
      return Optional.empty();
    }
  }

  /** The settings with this mask, unless they have one that somebody set. */
  static Configuration in(Configuration settings) {
    String[] sources = settings.getPropertySources(FsPermission.UMASK_LABEL);
    boolean isSet = sources != null && !sources[sources.length - 1].equals(NOBODY);
    Optional<String> mask = isSet ? Optional.empty() : ofProcess();
    if (mask.isEmpty()) {
      return settings;
    }
    Configuration with = new Configuration(settings);
    with.set(FsPermission.UMASK_LABEL, mask.get());
    return with;
  }
}

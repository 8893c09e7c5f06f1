package dev.sigmax.cli.session;

import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.spec.Destination;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.output.ManifestFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When Spark starts for a job. It takes a second or two, so it does beside the run's first steps;
 * but a process that has begun to start it cannot end before. Where a look at this machine's disk
 * tells that the run will probably be refused, it starts when the run asks for it. The run alone
 * refuses: a look that was wrong costs some time, and nothing else.
 */
public final class SparkStart {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
  private static final String FILE = "file:";

  private SparkStart() {}

  /** The session of a run of the job: being opened, or opened once the run asks for it. */
  public static OpeningSession of(JobSpec spec) {
    return SparkSessions.isLocal() && !isLikelyNeeded(spec)
        ? OpeningSession.whenAsked(SparkSessions::open)
        : OpeningSession.begin(SparkSessions::open);
  }

  /** Whether no path of this machine's disks speaks against the run. */
  static boolean isLikelyNeeded(JobSpec spec) {
    return inputsAreThere(spec) && outputHasItsPlace(spec);
  }

  private static boolean inputsAreThere(JobSpec spec) {
    return !(spec.source() instanceof Source.Paths inputs)
        || inputs.paths().stream()
            .filter(input -> !WILDCARD.matcher(input).find())
            .allMatch(input -> local(input).map(Files::exists).orElse(true));
  }

  /** Whether there is a folder for it, and nothing in its place but a run, or what shall go. */
  private static boolean outputHasItsPlace(JobSpec spec) {
    if (!(spec.destination() instanceof Destination.Folder folder)) {
      return true;
    }
    Optional<Path> output = local(folder.path()).map(path -> path.toAbsolutePath().normalize());
    return output.isEmpty()
        || ((spec.replace() || !Files.exists(output.get()) || holdsRun(output.get()))
            && (output.get().getParent() == null || Files.isDirectory(output.get().getParent())));
  }

  /** It may be the same run, whose bytes Spark looks at. */
  private static boolean holdsRun(Path output) {
    return Files.exists(output.resolve(ManifestFile.FOLDER));
  }

  /** A path on this machine's disks; empty for all others, and for what is no path. */
  private static Optional<Path> local(String text) {
    String path = text.startsWith(FILE) ? text.substring(FILE.length()) : text;
    try {
      return SCHEME.matcher(path).lookingAt() ? Optional.empty() : Optional.of(Path.of(path));
    } catch (InvalidPathException notOfThisLocale) {
      return Optional.empty();
    }
  }
}

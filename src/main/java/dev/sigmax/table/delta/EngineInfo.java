package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommittedRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a commit says of its run, in the column {@code engineInfo} of the table's history: of what
 * the Kernel writes, the one text that is free.
 */
final class EngineInfo {
  /** What the Kernel writes before it. */
  private static final String KERNEL = "Kernel-";

  private static final Pattern WORD = Pattern.compile("(sigmax[.][a-z-]+)=(\\S+)");

  private EngineInfo() {}

  /**
   * The text for a run.
   *
   * @param folder the name of the run's folder
   */
  static String of(Manifest manifest, String folder) {
    return CommittedRun.summary(
            manifest.runId(), manifest.fingerprint(), manifest.versions().sigmax(), folder)
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * The run that a commit is of; empty where it is of none.
   *
   * @param text null where the commit has none
   * @param location the table's folder
   */
  static Optional<CommittedRun> run(
      String text, String location, long version, Instant committedAt) {
    if (text == null || !text.startsWith(KERNEL)) {
      return Optional.empty();
    }
    Map<String, String> summary = new HashMap<>();
    WORD.matcher(text)
        .results()
        .forEach((MatchResult word) -> summary.put(word.group(1), word.group(2)));
    return CommittedRun.of(summary, new CommittedRun.Commit("version", version), committedAt)
        .map(run -> run.within(location));
  }
}

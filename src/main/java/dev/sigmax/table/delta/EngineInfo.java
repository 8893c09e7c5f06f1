package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommittedRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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

  /** Comes last: a condition may have any words in it. */
  private static final Pattern WHERE = Pattern.compile(" (sigmax[.]where)=(.*)", Pattern.DOTALL);

  private EngineInfo() {}

  /**
   * The text for a run.
   *
   * @param folder the name of the run's folder
   * @param where the condition on the rows that make room for it; empty where none do
   */
  static String of(Manifest manifest, String folder, Optional<String> where) {
    Map<String, String> summary =
        CommittedRun.summary(
            manifest.runId(), manifest.fingerprint(), manifest.versions().sigmax(), folder);
    where.ifPresent(rows -> summary.putAll(CommittedRun.summaryOfOverwrite(rows)));
    return summary.entrySet().stream()
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
    Matcher where = WHERE.matcher(text);
    boolean overwrites = where.find();
    if (overwrites) {
      summary.put(where.group(1), where.group(2));
    }
    WORD.matcher(overwrites ? text.substring(0, where.start()) : text)
        .results()
        .forEach((MatchResult word) -> summary.put(word.group(1), word.group(2)));
    return CommittedRun.of(summary, new CommittedRun.Commit("version", version), committedAt)
        .map(run -> run.within(location));
  }
}

package dev.sigmax.job.progress;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The steps of a run's road. */
public enum Step {
  SNAPSHOT,
  PREFLIGHT,
  SCORE,
  QUARANTINE,
  CHECK,
  VERIFY,
  PUBLISH;

  /** The names of all, where metrics are shown. */
  static List<String> metrics() {
    return Stream.of(values()).map(Step::metric).toList();
  }

  /** Its name where metrics are shown. */
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }
}

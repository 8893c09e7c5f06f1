package dev.sigmax.report;

/** What can look wrong in an input. Scripts read the names in lower case, so they stay. */
public enum FindingKind {
  /** A file cannot be read. */
  UNREADABLE,
  /** There are no rows to look at. */
  NO_ROWS,
  /** Columns are missing in some files, or have another type there. */
  FILES_DIFFER,
  /** A column cannot be carried through. */
  NOT_KEPT,
  /** Columns that look like logits cannot be scored. */
  REFUSED,
  /** No job on the likely logits would run. */
  NO_JOB,
  /** Columns beside the logits that have nearly their names. */
  NEARLY_NAMED,
  /** Whole numbers or decimals, where models give floats. */
  NOT_FLOATING,
  /** A softmax or sigmoid has been applied already. */
  PROBABILITIES,
  /** A softmax has been applied to probabilities. */
  SOFTMAXED_TWICE,
  /** Logarithms of probabilities. */
  LOG_PROBABILITIES,
  /** Pairs (-m, m) where m may be the log-odds. */
  PAIR,
  /** Pairs (-m, m) where m seems to be half of the log-odds. */
  HALVED_PAIR,
  /** Null logits or null arrays. */
  NULLS,
  /** Logits that are NaN. */
  NAN,
  /** Logits that are +inf. */
  INFINITE,
  /** Arrays of different lengths. */
  LENGTHS_DIFFER,
  /** A class whose logit never changes. */
  CONSTANT_CLASS,
  /** Two classes with the same logits. */
  SAME_VALUES,
  /** A class whose logit is never the largest. */
  NEVER_LARGEST,
  /** A class whose logit is always the largest. */
  ALWAYS_LARGEST;

  /** Whether the numbers are what a softmax or a sigmoid gives, or logarithms of that. */
  public boolean isScored() {
    return this == PROBABILITIES || this == SOFTMAXED_TWICE || this == LOG_PROBABILITIES;
  }
}

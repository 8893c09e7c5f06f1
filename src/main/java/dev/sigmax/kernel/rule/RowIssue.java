package dev.sigmax.kernel.rule;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a row has no probabilities. */
public enum RowIssue {
  NULL("a null logit, or no array at all"),
  EMPTY("an empty array"),
  LENGTH("another number of logits than classes"),
  PAIR("two numbers that are not (-m, m), as raw-layout says"),
  NAN("a logit is NaN"),
  POS_INF("a logit is +infinity"),
  ALL_NEG_INF("every logit is -infinity"),
  RANGE("a probability outside [0, 1]"),
  SUM("probabilities that do not sum to 1 within the tolerance");

  private static final Map<String, RowIssue> BY_CODE = new HashMap<>();

  static {
    for (RowIssue issue : values()) {
      BY_CODE.put(issue.code(), issue);
    }
  }

  private final String meaning;

  RowIssue(String meaning) {
    this.meaning = meaning;
  }

  /** The code in the column {@code row_issue} and in the manifest. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The issue whose {@link #code} this is; empty for any other text. */
  public static Optional<RowIssue> ofCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The code in a person's words. */
  public String meaning() {
    return meaning;
  }
}

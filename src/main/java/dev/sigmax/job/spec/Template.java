package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a scheduler or a shell should have filled in, and did not. */
final class Template {
  /** {@code {{ ds }}}, {@code ${X}} and {@code $DAY}; a glob's {@code {{a,b},c}} is none. */
  private static final Pattern UNFILLED =
      Pattern.compile("\\{\\{[^{},]*\\}\\}|\\$\\{[^}]*\\}|\\$[A-Za-z_][A-Za-z0-9_]*");

  private Template() {}

  /** Refuses a text with a variable in it. */
  static void requireFilled(JobKey key, String text) {
    Matcher unfilled = UNFILLED.matcher(text);
    if (unfilled.find()) {
      throw notFilled(
          key,
          text,
          unfilled.group(),
          ". Let the scheduler render it, or write double quotes around it in the shell.");
    }
  }

  /**
   * The refusal of a text with a variable in it.
   *
   * @param variable as it stands in the text
   * @param remedy what to do, the rest of the sentence
   */
  static UsageException notFilled(JobKey key, String text, String variable, String remedy) {
    return new UsageException(
        ErrorName.TEMPLATE_NOT_FILLED,
        key.key() + " is " + text + ", in which " + variable + " was not filled in" + remedy);
  }
}

package dev.sigmax.job.spec;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fills {@code ${name}} in the values of job files. Not thread-safe: it notes what was used.
 */
public final class Variables {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]*";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(" + NAME + ")}");

  private final Map<String, String> values;
  private final Set<String> unused;

  private Variables(Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.unused = new TreeSet<>(values.keySet());
  }

  /** No variables at all. */
  public static Variables none() {
    return new Variables(Map.of());
  }

  /** Variables of {@code name=value} each. */
  public static Variables of(List<String> assignments) {
    Map<String, String> values = new HashMap<>();
    for (String assignment : assignments) {
      int end = assignment.indexOf('=');
      String name = assignment.substring(0, Math.max(0, end));
      if (!name.matches(NAME)) {
        throw new UsageException(
            ErrorName.OPTION_VALUE,
            "--set takes NAME=VALUE, as in --set date=2026-11-21, not " + assignment + ".");
      }
      if (values.putIfAbsent(name, assignment.substring(end + 1)) != null) {
        throw new UsageException(ErrorName.OPTIONS_CONFLICT, name + " is set twice.");
      }
    }
    return new Variables(values);
  }

  /** The text of a key with values in place of references; refuses one that is not set. */
  String fill(JobKey key, String text, String place) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (reference.find()) {
      String name = reference.group(1);
      String value = values.get(name);
      if (value == null) {
        throw Template.notFilled(
            key,
            text,
            reference.group(),
            ": add --set " + name + "=VALUE. The key stands in " + place + ".");
      }
      unused.remove(name);
      reference.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(filled).toString();
  }

  /** Whether a variable that is set fills nothing so far. */
  public boolean isUnused(String name) {
    return unused.contains(name);
  }

  /** Refuses variables that no job file asked for: they were meant to change something. */
  public void requireUsed() {
    if (!unused.isEmpty()) {
      String name = unused.iterator().next();
      throw new UsageException(
          ErrorName.OPTIONS_CONFLICT,
          "--set " + name + " changes nothing: no job file has ${" + name + "}.");
    }
  }
}

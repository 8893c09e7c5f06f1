package dev.sigmax.output;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The folder of one run in an output that grows run by run: {@code run=00000001} and so on. To
 * those who read all of them the number is a partition column.
 */
public final class NumberedFolder {
  /** The column that the number is. */
  public static final String COLUMN = "run";

  private static final Pattern NAME = Pattern.compile(COLUMN + "=(\\d{8})");

  private NumberedFolder() {}

  /** The folder of a run below {@code output}; numbers begin at 1. */
  public static Path at(Path output, int number) {
    return new Path(output, String.format(Locale.ROOT, "%s=%08d", COLUMN, number));
  }

  /** The number of the run that a folder of this name is for; empty for any other name. */
  public static OptionalInt number(String name) {
    Matcher run = NAME.matcher(name);
    return run.matches() ? OptionalInt.of(Integer.parseInt(run.group(1))) : OptionalInt.empty();
  }
}

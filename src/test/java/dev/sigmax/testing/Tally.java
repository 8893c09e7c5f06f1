package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the faults of one kind. {@code scripts/torture} prints the lines that {@link
 * #close} leaves behind.
 */
public final class Tally implements AutoCloseable {
  private static final Path LINES = Path.of("target/torture.tsv");

  private static final long SEED = 20_261_122;

  private final String fault;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private int tried;

  /** Counts faults of this kind. */
  public Tally(String fault) {
    this.fault = fault;
  }

  /** Whether this is the long version of a test: every fault, not some of them. */
  public static boolean everyFault() {
    return Boolean.getBoolean("sigmax.torture");
  }

  /** Where random faults begin; each round of {@code scripts/torture} has its own. */
  public static long seed() {
    return Long.getLong("sigmax.seed", SEED);
  }

  /** Every n-th fault in the short version; every one in the long. */
  public static int every(int stride) {
    return everyFault() ? 1 : stride;
  }

  /** One fault more, and what came of it. */
  public void count(String outcome) {
    tried++;
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** How many there were. */
  public int tried() {
    return tried;
  }

  /** How many had this outcome. */
  public int of(String outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  @Override
  public void close() {
    try {
      Files.createDirectories(LINES.getParent());
      StringBuilder said = new StringBuilder();
      outcomes.forEach(
          (what, count) -> said.append(said.length() > 0 ? ", " : "").append(what + " × " + count));
      Files.writeString(
          LINES,
          fault + "\t" + tried + "\t" + said + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

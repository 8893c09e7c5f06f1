package dev.sigmax.testing;

import dev.sigmax.cli.Sigmax;
import java.util.Arrays;

/** The program in a JVM of its own, which ends at its n-th writing operation. */
public final class HaltingRun {
  private HaltingRun() {}

  /** Arguments: how it ends, at which operation, 0 for none, then those of the program. */
  public static void main(String[] arguments) {
    FaultyFiles.Fault end = FaultyFiles.Fault.valueOf(arguments[0]);
    int operation = Integer.parseInt(arguments[1]);
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    System.setProperty("spark.hadoop.fs.faulty.impl", FaultyFiles.class.getName());
    System.setProperty(
        "spark.hadoop.fs.AbstractFileSystem.faulty.impl", FaultyFiles.Context.class.getName());
    if (operation > 0) {
      FaultyFiles.plan(end, operation);
    }
    System.exit(
        Sigmax.run(Arrays.copyOfRange(arguments, 2, arguments.length), System.out, System.err));
  }
}

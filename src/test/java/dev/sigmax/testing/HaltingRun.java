package dev.sigmax.testing;

import dev.sigmax.cli.Sigmax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program in a JVM of its own, which ends at its n-th writing operation. */
public final class HaltingRun {
  private HaltingRun() {}

  /** Starts the program so that it ends at an operation; 0 for none. */
  public static Shell start(Fault end, int operation, String... arguments) {
    return start(System.getProperty("java.class.path"), end, operation, arguments);
  }

  /** The same on another class path. */
  public static Shell start(String classPath, Fault end, int operation, String... arguments) {
    return start(classPath, end, operation, Map.of(), arguments);
  }

  /** The same with settings of Spark. */
  public static Shell start(
      String classPath,
      Fault end,
      int operation,
      Map<String, String> settings,
      String... arguments) {
    return Shell.start(
        command(classPath, end, operation, settings, arguments).toArray(new String[0]));
  }

  /** What starts it. */
  public static List<String> command(
      String classPath,
      Fault end,
      int operation,
      Map<String, String> settings,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@conf/java-options",
            // A quick start; the scalar kernel then serves, with the same bits.
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=conf/log4j2.properties"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-cp", classPath, HaltingRun.class.getName(), end.name(), Integer.toString(operation)));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Arguments: how it ends, at which operation, 0 for none, then those of the program. */
  public static void main(String[] arguments) {
    Fault end = Fault.valueOf(arguments[0]);
    int operation = Integer.parseInt(arguments[1]);
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    System.setProperty("spark.hadoop.fs.faulty.impl", FaultyFiles.class.getName());
    System.setProperty(
        "spark.hadoop.fs.AbstractFileSystem.faulty.impl", FaultyFiles.Context.class.getName());
    if (operation > 0) {
      FaultPlan.plan(end, operation);
    }
    System.exit(
        Sigmax.run(Arrays.copyOfRange(arguments, 2, arguments.length), System.out, System.err));
  }
}

package dev.sigmax.testing;

import dev.sigmax.cli.Sigmax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The program in a JVM of its own, in a session that somebody else opened, as platforms do. */
public final class PlatformRun {
  private static final String NEXT = "--then";

  private PlatformRun() {}

  /** Runs commands, one after the other up to the first that fails, in one such session. */
  @SafeVarargs
  public static Shell.Result run(Map<String, String> settings, List<String>... commands) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@conf/java-options",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=conf/log4j2.properties"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PlatformRun.class.getName()));
    for (List<String> arguments : commands) {
      command.addAll(arguments);
      command.add(NEXT);
    }
    return Shell.run(command.toArray(new String[0]));
  }

  /** Arguments: those of each command, with an end behind them. */
  public static void main(String[] arguments) {
    SparkSession.builder()
        .master("local[2]")
        .appName("platform")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
    List<String> left = Arrays.asList(arguments);
    int code = 0;
    while (code == 0 && !left.isEmpty()) {
      int end = left.indexOf(NEXT);
      code = Sigmax.run(left.subList(0, end).toArray(new String[0]), System.out, System.err);
      left = left.subList(end + 1, left.size());
    }
    System.exit(code);
  }
}

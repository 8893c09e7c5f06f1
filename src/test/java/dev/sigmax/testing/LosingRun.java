package dev.sigmax.testing;

import dev.sigmax.cli.Sigmax;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The program in a JVM of its own, on a Spark that is being stopped when the program hands it a
 * job: its scheduler takes none any more, and the rest goes as the program waits.
 */
public final class LosingRun {
  private static final long LOOK_MILLIS = 100;

  private LosingRun() {}

  /** Arguments: those of the program. */
  public static void main(String[] arguments) {
    SparkContext context =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
            .sparkContext();
    context.dagScheduler().stop(0);
    Thread program = Thread.currentThread();
    Thread stopping =
        new Thread(
            () -> {
              awaitJob(program);
              context.stop();
            });
    stopping.setDaemon(true);
    stopping.start();
    System.exit(Sigmax.run(arguments, System.out, System.err));
  }

  private static void awaitJob(Thread program) {
    while (Stream.of(program.getStackTrace())
        .noneMatch(frame -> frame.getClassName().endsWith(".DAGScheduler"))) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package dev.sigmax.cli.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ExternalException;
import dev.sigmax.error.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before Spark starts. */
class StartConditionsTest {
  @TempDir private Path folder;

  private static SparkConf master(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aMasterThatDoesNotAnswerIsAnOutage() throws IOException {
    String master = "spark://127.0.0.1:" + freePort();
    ExternalException refusal =
        assertThrows(ExternalException.class, () -> StartConditions.require(master(master)));
    assertTrue(refusal.getMessage().contains(master + " does not answer"), refusal.getMessage());
  }

  @Test
  void oneOfSeveralMastersIsEnough() throws IOException {
    int dead = freePort();
    try (ServerSocket live = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertDoesNotThrow(
          () ->
              StartConditions.require(
                  master("spark://127.0.0.1:" + dead + ",127.0.0.1:" + live.getLocalPort())));
    }
  }

  /** A quarter of 1 GiB, as a serial collector counts it. */
  @Test
  void aHeapThatSparkDoesNotStartWithIsToldWithTheOptionThatGivesMore() {
    UsageException refusal =
        assertThrows(UsageException.class, () -> StartConditions.requireHeap(259_522_560));
    assertTrue(refusal.getMessage().startsWith("Java has a heap of 247 MiB here, and Spark"));
    assertTrue(refusal.getMessage().contains("Take --driver-memory 600m"), refusal.getMessage());
    assertDoesNotThrow(() -> StartConditions.requireHeap(471_859_200));
  }

  @Test
  void mastersThatAreNoneAreRefused() {
    for (String master :
        new String[] {"spark://nowhere", "spark://h:123456", "local-cluster[2,1,1024]"}) {
      assertThrows(UsageException.class, () -> StartConditions.require(master(master)), master);
    }
  }

  @Test
  void aLocalFolderThatIsAFileIsRefusedUnlessAnotherServes() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    SparkConf conf = master("local[1]").set("spark.local.dir", file.toString());
    UsageException refusal =
        assertThrows(UsageException.class, () -> StartConditions.require(conf));
    assertTrue(refusal.getMessage().contains(file + " is a file"), refusal.getMessage());
    conf.set("spark.local.dir", file + "," + folder.resolve("made"));
    assertDoesNotThrow(() -> StartConditions.require(conf));
  }

  @Test
  void olderSparksAreRefusedInOneSentence() {
    assertTrue(
        SparkOnClassPath.obstacle("3.5.1", "3.3.4", 17)
            .orElseThrow()
            .startsWith("this is Spark 3.5.1"));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle("4.2.0", "3.5.0", 25));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle("5.0.0-preview1", "3.6.0", 25));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle());
  }

  @Test
  void hadoopsThatJava24BreaksAreRefusedThere() {
    assertEquals(
        Optional.of(
            "Spark 4.1.0 brings Hadoop 3.4.2, which does not run on Java 25. Take Java 17 or 21"
                + " (JAVA_HOME), or Spark 4.2."),
        SparkOnClassPath.obstacle("4.1.0", "3.4.2", 25));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle("4.1.0", "3.4.2", 23));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle("4.1.0", "3.4.3", 25));
    assertEquals(Optional.empty(), SparkOnClassPath.obstacle("4.1.0", "of a vendor", 25));
  }
}

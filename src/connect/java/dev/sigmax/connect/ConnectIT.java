package dev.sigmax.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Reference;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server of Spark Connect with the jar on it and no setting of ours; its JVM client calls the
 * functions. A client in Python sends the same plans.
 */
class ConnectIT {
  /**
   * Old and new servers take it; the registry that this was written with has no whole older one.
   */
  private static final String CLIENT = "4.2.0";

  private static final int START_SECONDS = 180;
  private static final Path DIGITS = Path.of("jobs/data/digits_array.parquet").toAbsolutePath();

  @TempDir private Path folder;

  private static String spark(String version, String kind) {
    Shell.Result fetched = Shell.run("scripts/spark-jars", version, kind);
    // Some registries lack a module that the server names.
    assumeTrue(fetched.code() == 0, fetched.err());
    return fetched.out().strip();
  }

  private Shell server(String version, int port) {
    return Shell.start(
        spark(version, "connect") + "/bin/spark-submit",
        "--master",
        "local[2]",
        "--driver-memory",
        "1g",
        "--jars",
        "target/sigmax.jar",
        "--conf",
        "spark.connect.grpc.binding.address=127.0.0.1",
        "--conf",
        "spark.connect.grpc.binding.port=" + port,
        "--conf",
        "spark.ui.enabled=false",
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.sql.shuffle.partitions=2",
        "--conf",
        "spark.sql.warehouse.dir=" + folder.resolve("warehouse"),
        "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "spark-internal");
  }

  private static void await(Shell server, int port) throws InterruptedException {
    for (int tries = 0; tries < START_SECONDS * 5; tries++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        assertTrue(server.isAlive(), () -> "the server ended: " + server.await().err());
        Thread.sleep(200);
      }
    }
    throw new IllegalStateException("no server after " + START_SECONDS + " s");
  }

  private static Shell.Result client(int port) {
    return Shell.run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@conf/java-options",
        "-cp",
        "target/test-classes:" + spark(CLIENT, "connect-client") + "/jars/*",
        ConnectClient.class.getName(),
        "sc://127.0.0.1:" + port,
        DIGITS.toString());
  }

  /** A way's rows by id, as the client prints them, from the logits that DuckDB reads. */
  private static String expected() {
    Map<Integer, String> rows = new TreeMap<>();
    for (List<Object> row :
        DuckDb.rows("SELECT image_id, array_to_string(logits, ' ') FROM '" + DIGITS + "'")) {
      rows.put(((Number) row.get(0)).intValue(), softmax(row.get(1).toString()));
    }
    return rows.entrySet().stream()
        .map(row -> "\t" + row.getKey() + row.getValue())
        .collect(Collectors.joining());
  }

  /** In digits enough that the nearest float is the right one. */
  private static String softmax(String logits) {
    double[] values = Arrays.stream(logits.split(" ", -1)).mapToDouble(Float::parseFloat).toArray();
    return Arrays.stream(Reference.softmax(values))
        .map(
            p -> " " + Integer.toHexString(Float.floatToRawIntBits(Float.parseFloat(p.toString()))))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.1.3", "4.2.0"})
  void aClientCallsTheFunctionsByEveryWayThereIs(String version) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Shell server = server(version, port);
    try {
      await(server, port);
      Shell.Result client = client(port);
      assertEquals(0, client.code(), client.err());
      String values = expected();
      List<String> ways = List.of("expr", "call_function", "catalog", "sql", "named");
      assertEquals(
          ways.stream().map(way -> way + values).toList(),
          client.out().lines().filter(line -> line.contains("\t")).toList());
    } finally {
      server.signal("TERM");
      server.await();
    }
  }
}

package dev.sigmax.cli.session;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * What a Spark session needs of the world, looked at before it starts: Spark itself would try for a
 * minute, in pages of traces, or end the process.
 */
final class StartConditions {
  private static final String MASTER = "spark.master";
  private static final String STANDALONE = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final int CONNECT_MILLIS = 5000;

  /** Spark keeps 300 MiB for itself, and starts with half as much again or more. */
  private static final long LEAST_HEAP = 450L << 20;

  private static final String TESTS_OF_SPARK = "spark.testing";

  private StartConditions() {}

  /** Refuses where a session with these settings could not start. */
  static void require(SparkConf conf) {
    String master = conf.get(MASTER);
    if (master.startsWith("local-cluster")) {
      throw new UsageException(
          ErrorName.MASTER_NOT_SERVED,
          "--master "
              + master
              + " is for the tests of Spark itself. Take local[*], or a real cluster:"
              + " scripts/local-cluster start.");
    }
    if (master.startsWith(STANDALONE)) {
      requireReachable(master);
    }
    if (conf.getAllWithPrefix(TESTS_OF_SPARK).length == 0) {
      requireHeap(Runtime.getRuntime().maxMemory());
    }
    if (master.startsWith("local") || master.startsWith(STANDALONE)) {
      requireLocalFolder(conf);
    }
  }

  /**
   * A small container gives Java too little where nothing says how much.
   *
   * @param bytes of the heap at most
   */
  static void requireHeap(long bytes) {
    if (bytes < LEAST_HEAP) {
      throw new UsageException(
          ErrorName.SPARK_DOES_NOT_START,
          "Java has a heap of "
              + (bytes >> 20)
              + " MiB here, and Spark starts with "
              + (LEAST_HEAP >> 20)
              + " MiB or more. Take --driver-memory 600m, or more; without it Java takes a quarter of"
              + " the memory of the machine or the container.");
    }
  }

  /** Any of several masters will do: the others stand by. */
  private static void requireReachable(String master) {
    List<String> failures = new ArrayList<>();
    IOException last = null;
    for (String address : COMMA.splitAsStream(master.substring(STANDALONE.length())).toList()) {
      Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
        throw new UsageException(
            ErrorName.MASTER_NOT_SERVED, "--master takes spark://HOST:PORT, not " + master + ".");
      }
      InetSocketAddress place =
          new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
      try (Socket socket = new Socket()) {
        socket.connect(place, CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        last = e;
        failures.add(
            address + ": " + (place.isUnresolved() ? "there is no such host" : e.getMessage()));
      }
    }
    throw new ExternalException(
        ErrorName.MASTER_UNREACHABLE,
        "the Spark master "
            + master
            + " does not answer ("
            + String.join("; ", failures)
            + "). Check --master, and that it runs; try again when it does.",
        last);
  }

  /** Spark ends the process where it can make none of its folders. */
  private static void requireLocalFolder(SparkConf conf) {
    String folders = System.getenv("SPARK_LOCAL_DIRS");
    String setting = "SPARK_LOCAL_DIRS";
    if (folders == null) {
      setting = "spark.local.dir";
      folders = conf.get(setting, System.getProperty("java.io.tmpdir"));
    }
    List<String> failures = new ArrayList<>();
    for (String folder : COMMA.splitAsStream(folders).toList()) {
      try {
        Path path = Files.createDirectories(Path.of(folder.strip()));
        Files.delete(Files.createTempFile(path, "sigmax", null));
        return;
      } catch (FileAlreadyExistsException e) {
        failures.add(folder + " is a file");
      } catch (IOException | InvalidPathException e) {
        failures.add(folder + ": " + e.getMessage());
      }
    }
    throw new UsageException(
        ErrorName.SPARK_LOCAL_FOLDERS,
        "Spark can write in none of its local folders ("
            + String.join("; ", failures)
            + "). Name one that it can with "
            + setting
            + ".");
  }
}

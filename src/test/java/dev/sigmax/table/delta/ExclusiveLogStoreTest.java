package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.NoHardLinks;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.SparkMinor;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.delta.storage.LogStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Of the writers of a version, one is told that it wrote it. */
class ExclusiveLogStoreTest {
  private static final int VERSIONS = 300;

  @TempDir Path log;

  private static Path version(Path log, int number) {
    return log.resolve("%020d.json".formatted(number));
  }

  private static org.apache.hadoop.fs.Path named(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** Writes each version that another has not, and says which. Arguments: a folder, a name. */
  public static final class Writer {
    /** Begins when both are there. */
    public static void main(String[] arguments) throws Exception {
      Path log = Path.of(arguments[0]);
      Configuration configuration = new Configuration();
      ExclusiveLogStore store = new ExclusiveLogStore(configuration);
      Files.createFile(log.resolve(arguments[1] + ".ready"));
      while (!Files.exists(log.resolve("a.ready")) || !Files.exists(log.resolve("b.ready"))) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < VERSIONS; i++) {
        if (writes(store, version(log, i), arguments[1], configuration)) {
          System.out.println(i);
        }
      }
    }

    private static boolean writes(
        ExclusiveLogStore store, Path version, String line, Configuration configuration)
        throws IOException {
      try {
        store.write(named(version), List.of(line).iterator(), false, configuration);
        return true;
      } catch (FileAlreadyExistsException taken) {
        return false;
      }
    }
  }

  private Shell start(String name) {
    return Shell.start(writer(name).toArray(new String[0]));
  }

  private List<String> writer(String name) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Writer.class.getName(),
        log.toString(),
        name);
  }

  @Test
  void aDiskWithoutHardLinksGetsNoCommit(@TempDir Path other) throws IOException {
    NoHardLinks.assumeTaken(other);
    Files.createFile(log.resolve("b.ready"));
    Shell.Result writer = Shell.run(NoHardLinks.under(writer("a")));
    assertNotEquals(0, writer.code());
    assertTrue(writer.err().contains("makes no hard link (Operation not permitted)"), writer.err());
    assertEquals("", writer.out());
    String[] left = log.toFile().list();
    Arrays.sort(left);
    assertEquals(List.of("a.ready", "b.ready"), List.of(left));
  }

  @Test
  void ofTwoProcessesOneWritesEachVersion() throws IOException {
    Shell first = start("a");
    Shell second = start("b");
    List<Integer> byFirst = numbers(first.await());
    List<Integer> bySecond = numbers(second.await());
    assertEquals(
        IntStream.range(0, VERSIONS).boxed().toList(),
        Stream.concat(byFirst.stream(), bySecond.stream()).sorted().toList());
    for (int i = 0; i < VERSIONS; i++) {
      assertEquals(
          byFirst.contains(i) ? "a\n" : "b\n", Files.readString(version(log, i)), "version " + i);
    }
    try (Stream<Path> files = Files.list(log)) {
      assertEquals(VERSIONS + 2, files.count(), "no drafts are left");
    }
  }

  private static List<Integer> numbers(Shell.Result writer) {
    assertEquals(0, writer.code(), writer.err());
    return writer.out().lines().map(Integer::valueOf).toList();
  }

  /** A disk on which time passes between the last look at a name and the rename. */
  public static final class DawdlingDisk extends DelegateToFileSystem {
    /** By name, for Hadoop. */
    public DawdlingDisk(URI any, Configuration configuration)
        throws IOException, URISyntaxException {
      super(FsConstants.LOCAL_FS_URI, new Dawdling(), configuration, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    private static final class Dawdling extends RawLocalFileSystem {
      @Override
      public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
          throws IOException {
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return super.rename(from, to);
      }
    }
  }

  @Test
  void theKernelOfARunHasOneWinnerThoughADiskDawdles() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set("fs.AbstractFileSystem.file.impl", DawdlingDisk.class.getName());
    Engine engine = DefaultEngine.create(new LogFiles(configuration));
    StructType line = new StructType().add("writer", StringType.STRING);
    for (int i = 0; i < 10; i++) {
      String file = named(version(log, i)).toString();
      CyclicBarrier both = new CyclicBarrier(2);
      List<CompletableFuture<Boolean>> writers =
          Stream.of("a", "b")
              .map(
                  name ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            Row row = new GenericRow(line, Map.of(0, name));
                            return wins(
                                both,
                                () -> {
                                  engine
                                      .getJsonHandler()
                                      .writeJsonFileAtomically(
                                          file,
                                          Utils.toCloseableIterator(List.of(row).iterator()),
                                          false);
                                });
                          }))
              .toList();
      assertEquals(1, writers.stream().filter(CompletableFuture::join).count(), "version " + i);
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private static boolean wins(CyclicBarrier both, Write write) {
    try {
      both.await();
      write.run();
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsThereIsReplacedOnlyWhereThatIsAsked() throws IOException {
    Configuration configuration = new Configuration();
    ExclusiveLogStore store = new ExclusiveLogStore(configuration);
    Path file = version(log, 0);
    store.write(named(file), List.of("a", "ä").iterator(), false, configuration);
    assertEquals("a\nä\n", Files.readString(file));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> store.write(named(file), List.of("b").iterator(), false, configuration));
    assertEquals("a\nä\n", Files.readString(file));
    store.write(named(file), List.of("c").iterator(), true, configuration);
    assertEquals("c\n", Files.readString(file));
  }

  @Test
  void deltaForSparkTakesItByName() throws IOException {
    SparkMinor.assumeMadeForIt(LogStore.class);
    Configuration configuration = new Configuration();
    // Delta's own store would use it.
    configuration.set("fs.AbstractFileSystem.file.impl", "no.such.Disk");
    assertEquals("spark.delta.logStore.file.impl", LogStore.logStoreSchemeConfKey("file"));
    LogStore store =
        LogStore.createLogStoreWithClassName(
            ExclusiveLogStore.class.getName(), new SparkConf(false), configuration);
    org.apache.hadoop.fs.Path file = named(version(log, 0));
    store.write(file, CollectionConverters.asScala(List.of("a").iterator()), false, configuration);
    assertThrows(
        FileAlreadyExistsException.class,
        () ->
            store.write(
                file, CollectionConverters.asScala(List.of("b").iterator()), false, configuration));
    assertEquals("a\n", Files.readString(version(log, 0)));
  }

  @Test
  void linesThatCannotBeHadLeaveNothing() throws IOException {
    Configuration configuration = new Configuration();
    Supplier<String> broken =
        () -> {
          throw new IllegalStateException("no second line");
        };
    assertThrows(
        IllegalStateException.class,
        () ->
            new ExclusiveLogStore(configuration)
                .write(
                    named(version(log, 0)),
                    Stream.of("a", "b")
                        .map(text -> text.equals("a") ? text : broken.get())
                        .iterator(),
                    false,
                    configuration));
    String[] left = log.toFile().list();
    assertTrue(left != null && left.length == 0, Arrays.toString(left));
  }
}

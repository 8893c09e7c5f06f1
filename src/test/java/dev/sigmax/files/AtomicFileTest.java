package dev.sigmax.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files: whole or not at all. */
class AtomicFileTest {
  /** So many bytes that writing them takes a while. */
  private static final int LARGE = 64 << 20;

  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDiskThatFillsUpLeavesWhatWasThere() throws IOException {
    try (Mount disk = Mount.memory(folder.resolve("disk"), "64k")) {
      Path old = Files.writeString(disk.folder().resolve("old"), "old");
      byte[] large = new byte[80_000];
      for (Path file : List.of(old, disk.folder().resolve("none"))) {
        IOException full = assertThrows(IOException.class, () -> AtomicFile.replace(file, large));
        assertTrue(full.getMessage().contains("No space left"), full::toString);
      }
      assertThrows(
          IOException.class, () -> AtomicFile.create(disk.folder().resolve("none"), large));
      assertEquals("old", Files.readString(old));
      assertEquals(List.of("old"), names(disk.folder()));
    }
  }

  @Test
  void aFileThatIsCreatedIsSeenWholeOrNotAtAll() throws Exception {
    byte[] large = new byte[LARGE];
    Path file = folder.resolve("page");
    Set<Long> seen = new ConcurrentSkipListSet<>();
    AtomicBoolean done = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  seen.add(Files.size(file));
                } catch (IOException none) {
                  Thread.onSpinWait();
                }
              }
            });
    reader.start();
    AtomicFile.create(file, large);
    seen.add(Files.size(file));
    done.set(true);
    reader.join();
    assertEquals(Set.of((long) LARGE), seen);
    assertEquals(List.of("page"), names(folder));
  }

  @Test
  void aLinkToNowhereIsNoPlaceForANewFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(link, NEW));
    assertEquals(List.of("link"), names(folder));
  }

  @Test
  void whatIsThereIsNotCreatedAgain() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "old");
    assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(old, NEW));
    assertEquals("old", Files.readString(old));
  }

  @Test
  void aReplacedFileKeepsItsPermissionsAndTheLinksToIt() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "old");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-r-x"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("old"));
    AtomicFile.replace(link, NEW);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(old));
    assertEquals("rw-rw-r-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(old)));
    Path ahead = Files.createSymbolicLink(folder.resolve("ahead"), Path.of("later"));
    AtomicFile.replace(ahead, NEW);
    assertTrue(Files.isSymbolicLink(ahead));
    assertEquals("new", Files.readString(folder.resolve("later")));
    assertEquals(List.of("ahead", "later", "link", "old"), names(folder));
  }

  @Test
  void whatIsNoFileStays() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    assertThrows(IOException.class, () -> AtomicFile.replace(inner, NEW));
    assertTrue(Files.isDirectory(inner));
    assertEquals(List.of("inner"), names(folder));
  }

  @Test
  void aFileInTheMemoryOfASystemIsReplacedAsAny() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(memory) && Files.isWritable(memory));
    Path old = Files.createTempFile(memory, "sigmax", ".html");
    try {
      Files.writeString(old, "old");
      try (InputStream reader = Files.newInputStream(old)) {
        AtomicFile.replace(old, NEW);
        assertEquals("old", new String(reader.readAllBytes(), StandardCharsets.UTF_8));
      }
      assertEquals("new", Files.readString(old));
    } finally {
      Files.delete(old);
    }
  }

  /** As {@code /dev/stdout} names a file that standard output leads to. */
  @Test
  void aFileThatIsOpenIsWrittenOverAsItStandsWhereItIsNamedByThat() throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open));
    Path file = Files.writeString(folder.resolve("old"), "old");
    try (InputStream reader = Files.newInputStream(file)) {
      Path descriptor;
      try (Stream<Path> all = Files.list(open)) {
        descriptor = all.filter(each -> leadsTo(each, file)).findFirst().orElseThrow();
      }
      Path link = Files.createSymbolicLink(folder.resolve("link"), descriptor);
      AtomicFile.replace(link, NEW);
      assertEquals("new", new String(reader.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file.toRealPath());
    } catch (IOException closed) {
      return false;
    }
  }

  /**
   * Wherever its writer is killed, no half of it is seen. An old one is gone for a moment, as on
   * webhdfs and abfs: to replace it in one step is HDFS's own.
   */
  @Test
  void onAFileSystemThatIsNotThisMachinesItIsSeenWholeOrNotAtAll() throws IOException {
    Configuration configuration = new Configuration(false);
    FaultyFiles.register(configuration);
    Path file = folder.resolve("page");
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("faulty://" + file);
    FileSystem hadoop = path.getFileSystem(configuration);
    Set<String> whileCreated = new TreeSet<>();
    Set<String> whileReplaced = new TreeSet<>();
    try {
      boolean fired = true;
      for (int operation = 1; fired; operation++) {
        FaultPlan.planMeanwhile(operation, () -> whileCreated.add(contentOf(file)));
        AtomicFile.write(hadoop, path, NEW, false);
        fired = FaultPlan.fired();
        Files.writeString(file, "old");
        FaultPlan.planMeanwhile(operation, () -> whileReplaced.add(contentOf(file)));
        AtomicFile.write(hadoop, path, NEW, true);
        assertEquals("new", contentOf(file));
        Files.delete(file);
      }
      assertEquals(Set.of("no file"), whileCreated);
      assertEquals(Set.of("no file", "old"), whileReplaced);
      Files.writeString(file, "old");
      assertThrows(
          org.apache.hadoop.fs.FileAlreadyExistsException.class,
          () -> AtomicFile.write(hadoop, path, NEW, false));
      FaultPlan.plan(Fault.FAIL, 3);
      assertThrows(IOException.class, () -> AtomicFile.write(hadoop, path, NEW, true));
      assertEquals("old", contentOf(file));
      assertEquals(List.of("page"), names(folder));
    } finally {
      FaultPlan.heal();
    }
  }

  @Test
  void aRenameThatFailsLosesNotBothFiles() throws IOException {
    Configuration configuration = new Configuration(false);
    FaultyFiles.register(configuration);
    Path file = folder.resolve("page");
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("faulty://" + file);
    FileSystem hadoop = path.getFileSystem(configuration);
    int drafts = 0;
    try {
      boolean fired = true;
      for (int operation = 1; fired; operation++) {
        Files.writeString(file, "old");
        FaultPlan.plan(Fault.FAIL, operation);
        String told = "";
        try {
          AtomicFile.write(hadoop, path, NEW, true);
        } catch (IOException failure) {
          told = failure.getMessage();
        }
        fired = FaultPlan.fired();
        FaultPlan.heal();
        if (Files.exists(file)) {
          assertEquals(List.of("page"), names(folder), told);
          continue;
        }
        Path draft = folder.resolve(names(folder).get(0));
        assertEquals("new", Files.readString(draft));
        assertTrue(told.endsWith("the new one is whole at faulty:" + draft), told);
        Files.delete(draft);
        drafts++;
      }
      assertEquals(1, drafts);
    } finally {
      FaultPlan.heal();
    }
  }

  private static String contentOf(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "no file";
  }

  @Test
  void checksumsOfAnOldFileGoWithIt() throws IOException {
    try (FileSystem hadoop = new LocalFileSystem()) {
      hadoop.initialize(folder.toUri(), new Configuration(false));
      org.apache.hadoop.fs.Path path =
          new org.apache.hadoop.fs.Path(folder.resolve("page").toUri());
      hadoop.create(path).close();
      assertTrue(Files.exists(folder.resolve(".page.crc")));
      AtomicFile.write(hadoop, path, NEW, true);
      assertFalse(Files.exists(folder.resolve(".page.crc")));
      try (InputStream in = hadoop.open(path)) {
        assertEquals("new", new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }
}

package dev.sigmax.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalDirAllocator;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir private java.nio.file.Path folder;

  private FileSystem files() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(LocalFiles.SETTING, LocalFiles.class.getName());
    return FileSystem.newInstance(folder.toUri(), configuration);
  }

  @Test
  void aFileIsWrittenAloneWithThePermissionsThatHadoopGivesIt() throws IOException {
    try (FileSystem files = files()) {
      assertTrue(LocalFiles.serves(files));
      try (FSDataOutputStream out = files.create(new Path(folder.toString(), "a/b/data"))) {
        out.write("7".getBytes(StandardCharsets.UTF_8));
      }
      java.nio.file.Path written = folder.resolve("a/b/data");
      try (Stream<java.nio.file.Path> all = Files.list(written.getParent())) {
        assertEquals(List.of(written), all.toList());
      }
      assertEquals("7", Files.readString(written));
      assertEquals("rw-r--r--", permissionsOf(written));
      assertEquals("rwxr-xr-x", permissionsOf(written.getParent()));
    }
  }

  @Test
  void ofTwoThatMakeOneVersionOfAnIcebergTableOneDoes() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try (FileSystem files = files()) {
      for (int round = 1; round <= 50; round++) {
        String number = Integer.toString(round);
        CyclicBarrier together = new CyclicBarrier(2);
        Path version = new Path(folder.toString(), "v" + number + ".metadata.json");
        List<Future<Boolean>> made = new ArrayList<>();
        for (String writer : List.of("a", "b")) {
          java.nio.file.Path draft = Files.writeString(folder.resolve(writer + number), writer);
          made.add(
              two.submit(
                  () -> {
                    together.await();
                    return files.rename(new Path(draft.toString()), version);
                  }));
        }
        boolean first = made.get(0).get();
        assertNotEquals(first, made.get(1).get(), "both or none made version " + number);
        assertEquals(first ? "a" : "b", Files.readString(LocalFiles.path(version)));
        assertFalse(Files.exists(folder.resolve((first ? "a" : "b") + number)), "as renamed");
      }
    } finally {
      two.shutdown();
    }
  }

  @Test
  void aListingByNameHoldsWhatHadoopsOwnDoes() throws IOException {
    Files.createDirectories(folder.resolve("kept:1"));
    Files.writeString(folder.resolve("kept 2%"), "two");
    Files.writeString(folder.resolve("other"), "three");
    Path parent = new Path(folder.toString());
    PathFilter kept = path -> path.getName().startsWith("kept");
    try (FileSystem files = files();
        FileSystem hadoop = new RawLocalFileSystem()) {
      hadoop.initialize(folder.toUri(), new Configuration());
      assertEquals(Set.of(hadoop.listStatus(parent, kept)), Set.of(files.listStatus(parent, kept)));
      assertEquals(2, files.listStatus(parent, kept).length);
      Path missing = new Path(parent, "missing");
      assertThrows(FileNotFoundException.class, () -> files.listStatus(missing, kept));
    }
  }

  @Test
  void hadoopFindsTheLocalFileSystemThatItCastsTo() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(LocalFiles.SETTING, LocalFiles.class.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    assertTrue(FileSystem.getLocal(configuration) instanceof LocalFiles);
    java.io.File buffer =
        new LocalDirAllocator("buffers")
            .createTmpFileForWrite("block", 10, buffersIn(folder, configuration));
    assertTrue(buffer.toPath().startsWith(folder));
  }

  private static Configuration buffersIn(java.nio.file.Path folder, Configuration configuration) {
    configuration.set("buffers", folder.toString());
    return configuration;
  }

  @Test
  void permissionsAreSetAsAsked() throws IOException {
    try (FileSystem files = files()) {
      java.nio.file.Path file = Files.createFile(folder.resolve("data"));
      files.setPermission(new Path(file.toString()), new FsPermission("640"));
      assertEquals("rw-r-----", permissionsOf(file));
    }
  }

  @Test
  void aListTellsWhatTheFilesAre() throws IOException {
    try (FileSystem files = files()) {
      java.nio.file.Path file = Files.writeString(folder.resolve("data"), "seven");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      FileStatus listed = files.listLocatedStatus(new Path(folder.toString())).next();
      assertEquals(new Path("file://" + file), listed.getPath());
      assertEquals(5, listed.getLen());
      assertEquals(new FsPermission("640"), listed.getPermission());
      assertEquals(Files.getOwner(file).getName(), listed.getOwner());
      assertEquals(Files.getLastModifiedTime(file).toMillis(), listed.getModificationTime());
      assertTrue(files.getFileStatus(new Path(folder.toString())).isDirectory());
    }
  }

  @Test
  void otherFileSystemsAreNotServed() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", Watched.class.getName());
    try (FileSystem files = FileSystem.newInstance(folder.toUri(), configuration)) {
      assertFalse(LocalFiles.serves(files));
    }
  }

  /** Somebody's own local file system, past which nothing may be written. */
  public static final class Watched extends org.apache.hadoop.fs.LocalFileSystem {}

  private static String permissionsOf(java.nio.file.Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}

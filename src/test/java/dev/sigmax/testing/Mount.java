package dev.sigmax.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system of a test's own, gone when it is closed. Where that is not allowed, tests skip. */
public final class Mount implements AutoCloseable {
  private final Path folder;

  private Mount(Path folder, String... how) throws IOException {
    this.folder = Files.createDirectory(folder);
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(how));
    command.add(folder.toString());
    Shell.Result mounted = Shell.run(command.toArray(new String[0]));
    assumeTrue(mounted.code() == 0, "mounting is not allowed here: " + mounted.err());
  }

  /** One in memory, of a size such as {@code 4m}, at a folder that it makes. */
  public static Mount memory(Path folder, String size) throws IOException {
    return new Mount(folder, "-t", "tmpfs", "-o", "size=" + size, "tmpfs");
  }

  /** An empty disk in a file: what the file holds is what the disk would after a loss of power. */
  public static void makeDisk(Path image, String size) {
    assertEquals(0, Shell.run("truncate", "-s", size, image.toString()).code());
    Shell.Result made = Shell.run("mkfs.ext4", "-q", image.toString());
    assumeTrue(made.code() == 0, "no file system can be made here: " + made.err());
  }

  /**
   * The disk in a file, at a folder that it makes. What is not forced to it stays in memory for as
   * long as a test takes.
   */
  public static Mount disk(Path image, Path folder) throws IOException {
    return new Mount(folder, "-o", "loop,commit=600", image.toString());
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    Shell.Result gone = Shell.run("umount", folder.toString());
    assertEquals(0, gone.code(), gone.err());
  }
}

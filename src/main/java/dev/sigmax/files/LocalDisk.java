package dev.sigmax.files;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * This machine's disks, by the scheme that Hadoop has for them. Of whatever class their file system
 * is: whether its files may be opened past it, {@link LocalFiles#serves} tells.
 */
public final class LocalDisk {
  private static final String SCHEME = "file";
  private static final String LOST_AND_FOUND = "lost+found";

  private LocalDisk() {}

  /** Whether a file system is this machine's. */
  public static boolean is(FileSystem fileSystem) {
    return SCHEME.equals(fileSystem.getUri().getScheme());
  }

  /** Whether a full path leads to them; one without a scheme does not say. */
  public static boolean has(Path path) {
    return SCHEME.equals(path.toUri().getScheme());
  }

  /** Whether a folder of this name is one that a disk keeps for itself, closed to all. */
  public static boolean keeps(String name) {
    return name.equals(LOST_AND_FOUND);
  }
}

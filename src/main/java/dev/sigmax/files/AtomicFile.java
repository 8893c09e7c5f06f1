package dev.sigmax.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small file that is there whole or not at all, also on a disk that fills up while it is written.
 * A loss of power does not leave half of one either.
 */
public final class AtomicFile {
  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);
  static final String DRAFT = ".sigmax-draft-";

  /** Where the files are named that a process has open, by their numbers. */
  private static final List<Path> OPEN_FILES = List.of(Path.of("/proc"), Path.of("/dev/fd"));

  /** More than any system follows. */
  private static final int MOST_LINKS = 64;

  private AtomicFile() {}

  /**
   * Writes a file on any file system that renames files. On others it is as whole as what they
   * create. Elsewhere than on this machine and on HDFS an old file may be gone before the new one
   * has its name.
   *
   * @param replace whether it may take the place of a file that is there
   * @throws FileAlreadyExistsException if it may not and one is there; elsewhere than on this
   *     machine Hadoop's exception of that name
   */
  public static void write(
      FileSystem fileSystem, org.apache.hadoop.fs.Path path, byte[] content, boolean replace)
      throws IOException {
    if (!LocalFiles.serves(fileSystem)) {
      RenamedFile.write(fileSystem, path, content, replace);
      return;
    }
    Path file = LocalFiles.path(fileSystem.makeQualified(path));
    if (!replace) {
      create(file, content);
      return;
    }
    if (fileSystem instanceof ChecksumFileSystem checking) {
      // Hadoop would hold the new content against the checksums of the old.
      Files.deleteIfExists(file.resolveSibling(checking.getChecksumFile(path).getName()));
    }
    replace(file, content);
  }

  /**
   * Writes a file where there is none. It gets its name when it is whole, as a hard link, which the
   * system refuses where the name is taken; on a disk without them it is written under its name.
   *
   * @throws FileAlreadyExistsException if something is there, which is left alone
   */
  public static void create(Path file, byte[] content) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path draft = draftOf(file);
    try {
      writeNew(draft, content);
      if (!link(file, draft)) {
        writeNew(file, content);
      }
    } catch (FileSystemException refused) {
      throw draft.toString().equals(refused.getFile()) ? named(file, refused) : refused;
    } finally {
      removeDraft(draft);
    }
  }

  /** The file is there, or is not, whether its draft can be removed or stays. */
  private static void removeDraft(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException stays) {
      LOG.warn("The draft {} could not be removed: {}", draft, stays.toString());
    }
  }

  /** Whoever asked for a file is told of that one, and not of its draft. */
  private static IOException named(Path file, FileSystemException refused) {
    FileSystemException named =
        refused instanceof AccessDeniedException
            ? new AccessDeniedException(file.toString())
            : refused instanceof NoSuchFileException
                ? new NoSuchFileException(file.toString())
                : new FileSystemException(file.toString(), null, refused.getReason());
    named.initCause(refused);
    return named;
  }

  private static Path draftOf(Path file) {
    return file.resolveSibling(DRAFT + UUID.randomUUID());
  }

  /** Gives a draft its name as well; false where the disk makes no hard links. */
  private static boolean link(Path file, Path draft) throws IOException {
    try {
      Files.createLink(file, draft);
      return true;
    } catch (FileAlreadyExistsException taken) {
      // A network disk may have done it and lost the answer; the second time it is there.
      if (!Files.isSameFile(file, draft)) {
        throw taken;
      }
      return true;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      return false;
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (channel) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (IOException e) {
      delete(file, e);
      throw e;
    }
  }

  /**
   * Writes a file in the place of one that may be there, by one rename. The new one has the old
   * one's permissions, and a link still leads to it. What is no file (a device or a pipe), what its
   * owner could not get back, and a file in a folder that takes no other is written over as it
   * stands.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    if (isDevice(file)) {
      Files.write(file, content);
      return;
    }
    Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    boolean old = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (old && !(Files.isRegularFile(place) && Files.isWritable(place.getParent()))) {
      Files.write(place, content);
      return;
    }
    Path draft = draftOf(place);
    try {
      writeNew(draft, content);
      if (old && !canStandFor(draft, place)) {
        Files.delete(draft);
        Files.write(place, content);
        return;
      }
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(draft, e);
      throw e;
    }
  }

  private static boolean isDevice(Path file) throws IOException {
    return Files.exists(file) && (!Files.isRegularFile(file) || isOpenFile(file));
  }

  /**
   * Whether a file is named as one that this process has open, such as {@code /dev/stdout} while it
   * leads to a file: more will be written to it there.
   */
  private static boolean isOpenFile(Path file) throws IOException {
    Path name = file.toAbsolutePath();
    for (int links = 0; links <= MOST_LINKS; links++) {
      Path folder = name.getParent().toRealPath();
      if (OPEN_FILES.stream().anyMatch(folder::startsWith)) {
        return true;
      }
      if (!Files.isSymbolicLink(name)) {
        return false;
      }
      name = folder.resolve(Files.readSymbolicLink(name));
    }
    return false;
  }

  /** Gives a draft the owner, the group and the permissions of the old file, as far as it can. */
  private static boolean canStandFor(Path draft, Path old) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
    if (view == null) {
      return true;
    }
    PosixFileAttributes wanted = Files.readAttributes(old, PosixFileAttributes.class);
    PosixFileAttributes found = view.readAttributes();
    try {
      if (!found.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!found.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
      view.setPermissions(wanted.permissions());
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }

  private static void delete(Path file, IOException failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}

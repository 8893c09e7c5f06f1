package dev.sigmax.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.JsonFault;
import dev.sigmax.error.OutputException;
import dev.sigmax.files.ClosedDoor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifest on disk, {@code _sigmax/manifest.json}. Where it would name more than {@value
 * FileLists#MOST_IN_TEXT} files, it says {@code file_list} instead, which is where {@link
 * FileLists} are, and what is there.
 */
public final class ManifestFile {
  /** The folder of everything that Sigmax keeps beside the data. */
  public static final String FOLDER = "_sigmax";

  private static final String NAME = "manifest.json";
  private static final String PREPARED = "prepared.json";
  private static final String LIST = "file_list";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ManifestFile() {}

  /**
   * The manifest of a published run, or empty where there is none.
   *
   * @throws DifferenceException if it is damaged
   * @throws java.nio.file.AccessDeniedException where this user may not look: there may be one
   */
  public static Optional<Manifest> read(Path output, Configuration configuration)
      throws IOException {
    return readFrom(pathIn(output), configuration);
  }

  /** The manifest of a run that is published or prepared, or empty where there is none. */
  public static Optional<Manifest> readPrepared(Path output, Configuration configuration)
      throws IOException {
    Optional<Manifest> published = read(output, configuration);
    return published.isPresent() ? published : readFrom(preparedIn(output), configuration);
  }

  private static Optional<Manifest> readFrom(Path path, Configuration configuration)
      throws IOException {
    Optional<byte[]> text;
    try {
      text = textOf(path, configuration);
    } catch (ChecksumException e) {
      throw new DifferenceException(
          ErrorName.MANIFEST_DAMAGED,
          "the manifest "
              + path
              + " is not what was written: "
              + e.getMessage()
              + ". "
              + repairOfManifest(path),
          e);
    }
    return text.isPresent()
        ? Optional.of(parse(text.get(), path, configuration))
        : Optional.empty();
  }

  private static Optional<byte[]> textOf(Path path, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    try (InputStream in = fileSystem.open(path)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      ClosedDoor.requireNone(fileSystem, path, e);
      return Optional.empty();
    }
  }

  /**
   * What to do about a damaged run.
   *
   * @param output where it is: one among the runs of an incremental job is not replaced, nor is one
   *     on an object store
   */
  public static String repair(Path output) {
    if (NumberedFolder.number(output.getName()).isPresent()) {
      return "Remove the folder "
          + output
          + " and run score --incremental again: it scores the files that this run had seen, if"
          + " they are still there, into a run of its own.";
    }
    return ObjectStore.holds(output)
        ? "Remove " + output + " with all in it, and run the job again."
        : "Publish the run again with --replace.";
  }

  /** The same for a manifest, which lies two folders down in its run's. */
  private static String repairOfManifest(Path path) {
    return repair(path.depth() > 2 ? path.getParent().getParent() : path);
  }

  /** The manifest that these bytes are; they are from {@code path}, and its lists beside it. */
  static Manifest parse(byte[] text, Path path, Configuration configuration) throws IOException {
    return parse(text, path, list -> FileLists.read(path.getParent(), list, configuration));
  }

  private static Manifest parse(byte[] text, Path path, Lists lists) throws IOException {
    try {
      JsonNode root = JSON.readTree(text);
      Manifest manifest = JSON.treeToValue(root, Manifest.class);
      Optional<FileList> list = listIn(root);
      if (manifest != null && list.isPresent()) {
        manifest = manifest.with(lists.read(list.get()));
      }
      if (manifest == null || !manifest.isWhole()) {
        throw new DifferenceException(
            ErrorName.MANIFEST_DAMAGED,
            "the manifest " + path + " is not whole. " + repairOfManifest(path));
      }
      return manifest;
    } catch (AccessDeniedException closed) {
      throw closed;
    } catch (FileLists.Damaged e) {
      throw new DifferenceException(
          ErrorName.MANIFEST_DAMAGED, e.getMessage() + ". " + repairOfManifest(path), e);
    } catch (JsonProcessingException e) {
      throw new DifferenceException(
          ErrorName.MANIFEST_DAMAGED,
          "the manifest "
              + path
              + " cannot be read: "
              + JsonFault.told(e)
              + ". "
              + repairOfManifest(path),
          e);
    } catch (IOException e) {
      // Bytes that are no text of any encoding.
      throw new DifferenceException(
          ErrorName.MANIFEST_DAMAGED,
          "the manifest "
              + path
              + " cannot be read: "
              + e.getMessage()
              + ". "
              + repairOfManifest(path),
          e);
    }
  }

  /**
   * Writes the manifest into a folder that is not published yet, and reads it back. Its own folder
   * is there: were it made, an attempt that was taken away would come back without its parts.
   */
  public static void write(Path staging, Manifest manifest, Configuration configuration)
      throws IOException {
    write(staging, pathIn(staging), manifest, configuration);
  }

  /**
   * The same for a folder that stays in its place, whose run is not published as yet: readers of
   * runs do not know it by this manifest.
   */
  public static void writePrepared(Path folder, Manifest manifest, Configuration configuration)
      throws IOException {
    write(folder, preparedIn(folder), manifest, configuration);
  }

  private static void write(Path staging, Path path, Manifest manifest, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = staging.getFileSystem(configuration);
    requirePlace(staging, fileSystem);
    byte[] text = prepare(staging, manifest, configuration);
    try (OutputStream out = fileSystem.create(path, false)) {
      out.write(text);
    }
    if (!isIn(path, manifest, configuration)) {
      throw new IOException("the manifest " + path + " does not read back as it was written");
    }
  }

  /** Refuses where the folder is gone that the manifest of an attempt would go to. */
  public static void requirePlace(Path staging, FileSystem fileSystem) throws IOException {
    if (!fileSystem.exists(new Path(staging, FOLDER))) {
      throw new OutputException(
          ErrorName.ATTEMPT_TAKEN_AWAY,
          "the attempt " + staging + " was taken away; nothing is published.");
    }
  }

  /**
   * The manifest as JSON for people, which reads back as a manifest, for a folder that is not
   * published yet. Lists of files that are too long for it are written there.
   */
  public static byte[] prepare(Path staging, Manifest manifest, Configuration configuration)
      throws IOException {
    FileLists lists = FileLists.of(manifest);
    return text(
        manifest,
        lists.areLong()
            ? Optional.of(lists.write(new Path(staging, FOLDER), configuration))
            : Optional.empty());
  }

  /**
   * Whether the run in a folder is this one, to the byte: the names of its files are like no
   * other's.
   */
  public static boolean isAt(Path output, Manifest manifest, Configuration configuration)
      throws IOException {
    return isIn(pathIn(output), manifest, configuration);
  }

  private static boolean isIn(Path path, Manifest manifest, Configuration configuration)
      throws IOException {
    Optional<byte[]> text = textOf(path, configuration);
    if (text.isEmpty()) {
      return false;
    }
    byte[] found = text.get();
    FileLists lists = FileLists.of(manifest);
    if (!lists.areLong()) {
      return Arrays.equals(text(manifest, Optional.empty()), found);
    }
    try {
      Optional<FileList> list = listIn(JSON.readTree(found));
      return list.isPresent()
          && Arrays.equals(text(manifest, list), found)
          && FileLists.read(path.getParent(), list.get(), configuration).equals(lists);
    } catch (JsonProcessingException | FileLists.Damaged another) {
      return false;
    }
  }

  private static byte[] text(Manifest manifest, Optional<FileList> list) throws IOException {
    ObjectNode root = JSON.valueToTree(manifest);
    if (list.isPresent()) {
      for (JsonNode part : root) {
        if (part instanceof ObjectNode object) {
          object.remove("files");
        }
      }
      root.set(LIST, JSON.valueToTree(list.get()));
    }
    byte[] text = (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      parse(text, new Path(NAME), any -> FileLists.of(manifest));
    } catch (DifferenceException e) {
      throw new IllegalStateException("a manifest that cannot be read back: " + manifest, e);
    }
    return text;
  }

  private static Optional<FileList> listIn(JsonNode root) throws JsonProcessingException {
    JsonNode list = root.path(LIST);
    return list.isObject() ? Optional.of(JSON.treeToValue(list, FileList.class)) : Optional.empty();
  }

  public static Path pathIn(Path output) {
    return new Path(new Path(output, FOLDER), NAME);
  }

  /** Where the manifest of a run is that stays in its folder and is not published as yet. */
  public static Path preparedIn(Path folder) {
    return new Path(new Path(folder, FOLDER), PREPARED);
  }

  /** Where lists of files come from. */
  private interface Lists {
    FileLists read(FileList list) throws IOException;
  }
}

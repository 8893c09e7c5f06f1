package dev.sigmax.job.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.JsonFault;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.Redaction;
import dev.sigmax.error.UsageException;
import dev.sigmax.files.AtomicFile;
import dev.sigmax.files.ClosedDoor;
import dev.sigmax.files.FullPath;
import dev.sigmax.files.Tilde;
import dev.sigmax.job.spec.CalibrationValues;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.output.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that {@code calibrate} wrote, as a job reads it.
 *
 * @param path in full, which leads there from any folder
 * @param crc32c of its bytes, eight hexadecimal digits
 */
public record CalibrationFile(String path, String crc32c, CalibrationValues values) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Where a manifest keeps the path of a calibration. */
  public static final String PATH = "path";

  private static final String CRC = "crc32c";

  /**
   * Reads the file at a path.
   *
   * @throws InputException where there is none, it may not be read, or it is no such file
   */
  public static CalibrationFile read(String path, Configuration configuration) {
    Path file = new Path(path);
    byte[] bytes;
    try {
      bytes = bytes(file, configuration);
    } catch (IOException e) {
      throw Denial.explainReading("cannot read the calibration file " + file, e)
          .orElseGet(() -> unreadable(file.toString(), e.getMessage(), e));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    try {
      Map<?, ?> content = JSON.readValue(bytes, Map.class);
      if (content == null) {
        throw unreadable(file.toString(), "it holds nothing", null);
      }
      CalibrationValues values = CalibrationValues.of(content);
      values.calibration();
      String crc32c = String.format(Locale.ROOT, "%08x", crc.getValue());
      return new CalibrationFile(FullPath.of(path, configuration), crc32c, values);
    } catch (JsonProcessingException e) {
      throw unreadable(file.toString(), JsonFault.told(e), e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file.toString(), e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file, Configuration configuration) throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      ClosedDoor.requireNone(fileSystem, file, e);
      throw new InputException(
          ErrorName.CALIBRATION_FILE,
          "there is no calibration file " + file + ". The command calibrate writes one.",
          e);
    }
  }

  /**
   * Refuses a file that could not be written, as far as can be told before any work.
   *
   * @throws OutputException if it is there and not to be replaced, or its folder is not there
   * @throws java.nio.file.AccessDeniedException where this user may not look
   */
  public static void requireWritable(Path file, boolean replace, Configuration configuration)
      throws IOException {
    FileSystem fileSystem = file.getFileSystem(configuration);
    if (!replace && fileSystem.exists(file)) {
      throw exists(file, null);
    }
    Path folder = fileSystem.makeQualified(file).getParent();
    if (folder != null && !ClosedDoor.exists(fileSystem, folder)) {
      throw new OutputException(
          ErrorName.OUTPUT_PARENT,
          "the folder of the file "
              + file
              + " does not exist. Check the path, or make the folder."
              + Tilde.hint(file.toString()));
    }
  }

  private static OutputException exists(Path file, IOException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the file " + file + " exists. Name another, or take --replace to write over it.",
        cause);
  }

  /**
   * Writes a file.
   *
   * @param described what else it says
   * @throws OutputException if one has come meanwhile that is not to be replaced, which is left
   */
  public static void write(
      Path file,
      CalibrationValues values,
      Map<String, Object> described,
      boolean replace,
      Configuration configuration)
      throws IOException {
    Map<String, Object> content = new LinkedHashMap<>(values.toMap());
    content.put("fitted", described);
    byte[] text =
        (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    try {
      write(file.getFileSystem(configuration), file, text, replace);
    } catch (FileAlreadyExistsException
        | org.apache.hadoop.fs.FileAlreadyExistsException meanwhile) {
      throw exists(file, meanwhile);
    }
  }

  /** A store shows an object when all of it is there, and would copy it to rename it. */
  private static void write(FileSystem fileSystem, Path file, byte[] text, boolean replace)
      throws IOException {
    Path full = fileSystem.makeQualified(file);
    if (ObjectStore.holds(full) || ObjectStore.isRefused(full)) {
      try (OutputStream out = fileSystem.create(full, replace)) {
        out.write(text);
      }
    } else {
      AtomicFile.write(fileSystem, full, text, replace);
    }
  }

  private static InputException unreadable(String file, String why, Exception cause) {
    String first = String.valueOf(why).lines().findFirst().orElse("").replaceFirst("[.]$", "");
    return new InputException(
        ErrorName.CALIBRATION_FILE,
        "the calibration file " + file + " cannot be read: " + first + ".",
        cause);
  }

  /** The calibration that a manifest keeps; empty where its run had none. */
  public static Optional<CalibrationFile> inManifest(Map<String, Object> job, String key) {
    if (!(job.get(key) instanceof Map<?, ?> kept)) {
      return Optional.empty();
    }
    return Optional.of(
        new CalibrationFile(
            String.valueOf(kept.get(PATH)),
            String.valueOf(kept.get(CRC)),
            CalibrationValues.of(kept)));
  }

  /** As a manifest keeps it. */
  Map<String, Object> toManifest() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put(PATH, Redaction.of(path));
    kept.put(CRC, crc32c);
    kept.putAll(values.toMap());
    return kept;
  }

  /** Refuses rows that it was not fitted for. */
  void requireFits(Task task, List<String> labels) {
    if (values.task() != task) {
      throw new UsageException(
          ErrorName.CALIBRATION_DOES_NOT_FIT,
          "the calibration "
              + path
              + " is of a "
              + JobSpec.lower(values.task())
              + " task, and this one is "
              + JobSpec.lower(task)
              + ".");
    }
    if (!values.labels().equals(labels)) {
      throw new UsageException(
          ErrorName.CALIBRATION_DOES_NOT_FIT,
          "the calibration "
              + path
              + " is of the classes "
              + ListDifference.names(values.labels())
              + ", and the job has "
              + ListDifference.names(labels)
              + ListDifference.beyondNames(values.labels(), labels)
              + ". Calibrate again, or name the classes as it does with --labels.");
    }
  }
}

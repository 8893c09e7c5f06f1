package dev.sigmax.job.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.job.spec.CalibrationValues;
import dev.sigmax.kernel.rule.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationFileTest {
  @TempDir private Path folder;

  /** A fit takes its time, and somebody else may have written the file by its end. */
  @Test
  void aFileThatCameMeanwhileStays() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "theirs");
    CalibrationValues values =
        new CalibrationValues.OfSigmoids(
            Task.BINARY, List.of("no", "yes"), List.of(2.0), List.of(0.5));
    OutputException refusal =
        assertThrows(
            OutputException.class,
            () ->
                CalibrationFile.write(
                    new org.apache.hadoop.fs.Path(file.toUri()),
                    values,
                    Map.of(),
                    false,
                    new Configuration()));
    assertEquals(ErrorName.OUTPUT_EXISTS, refusal.name());
    assertEquals("theirs", Files.readString(file));
  }
}

package dev.sigmax.job.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.CalibrationValues;
import dev.sigmax.kernel.rule.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

  /** Of hundreds of names a message shows the first, which are the same in both lists. */
  @Test
  void theClassThatDiffersIsNamedAmongManyThatAgree() {
    List<String> fitted =
        new ArrayList<>(IntStream.range(0, 200).mapToObj("c%d"::formatted).toList());
    List<String> scored = new ArrayList<>(fitted);
    scored.set(150, "other");
    CalibrationFile calibration =
        new CalibrationFile(
            "c.json", "0", new CalibrationValues.OfClasses(fitted, 2.0, Optional.empty()));
    UsageException refusal =
        assertThrows(UsageException.class, () -> calibration.requireFits(Task.MULTICLASS, scored));
    assertEquals(
        "the calibration c.json is of the classes c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 190"
            + " more, and the job has c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 190 more (number"
            + " 151 is c150 there and other here). Calibrate again, or name the classes as it does"
            + " with --labels.",
        refusal.getMessage());
  }
}

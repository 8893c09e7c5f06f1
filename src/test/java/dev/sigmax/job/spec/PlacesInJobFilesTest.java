package dev.sigmax.job.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a value of a job file is told with the file and the line. */
class PlacesInJobFilesTest {
  private static final String JOB = "input: in\n\noutput: out\n# of labels\ntask: multilabel\n";

  @TempDir private Path folder;

  private Path write(String more) {
    try {
      return Files.writeString(folder.resolve("mine.yaml"), JOB + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String refused(String more, Map<JobKey, String> options) {
    Path file = write(more);
    return assertThrows(
            UsageException.class,
            () -> JobSpec.of(JobFile.read(file).overriddenBy(new JobSettings(options, Map.of()))))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature: warm            | temperature must be a number, not warm.",
        "temperature: 0               | the temperature is 0.0; it must be",
        "max-bad-rows: lots           | max-bad-rows must be a count or a percentage",
        "on-bad-row: explode          | on-bad-row must be one of fail, quarantine, null, not explode.",
        "threshold: 2                 | the threshold must be a number from 0 to 1, not 2.",
        "classes: many                | classes must be a whole number, not many.",
        "labels: 'a,,b'               | the labels [a, , b] name no class",
        "add: [predicton]             | add knows prediction,",
        "add: [top_k=none]            | top_k must be a whole number from 1 up, not none.",
        "sum-tolerance: -1            | the sum tolerance is -1.0",
        "run-id: .hidden              | the run id .hidden",
        "raw-layout: margin           | raw-layout margin is the margin of one yes or no",
        "raw-layout: sideways         | raw-layout must be one of",
        "input-table: c.db.{{ ds }}   | input-table is c.db.{{ ds }}, in which {{ ds }}",
        "calibration: /c/$DAY.json    | calibration is /c/$DAY.json, in which $DAY",
        "engine: fast                 | engine must be one of auto, row, columnar, not fast.",
        "replace: maybe               | replace must be true or false, not maybe.",
        "keep: {a: b}                 | keep must be a text or a list of texts, not keys and values.",
        "tempratur: 2                 | unknown key tempratur; is temperature meant?",
        "task: binary                 | task stands twice, first in ",
      })
  void aWrongValueIsToldWithItsPlace(String line, String told) {
    String message = refused("# more\n" + line + "\n", Map.of());
    String place = folder.resolve("mine.yaml") + ", line 7: ";
    assertTrue(message.startsWith(place + told), message);
  }

  @Test
  void ofSeveralLinesTheKeysIsTold() {
    String message = refused("thresholds:\n  prime: 0.3\n  odd: lots\n", Map.of());
    assertEquals(
        folder.resolve("mine.yaml")
            + ", line 6: the threshold of odd must be a number from 0 to 1, not lots.",
        message);
  }

  @Test
  void softmaxIsNoTaskWhereverItStands() {
    Path file = folder.resolve("task.yaml");
    UsageException refused =
        assertThrows(
            UsageException.class,
            () ->
                JobSpec.of(
                    JobFile.read(
                        Files.writeString(file, "input: in\ntask: softmax\noutput: out\n"))));
    assertTrue(
        refused.getMessage().startsWith(file + ", line 2: task must be one of"),
        refused.getMessage());
    assertTrue(
        refused.getMessage().endsWith("Softmax is what a multiclass task takes."),
        refused.getMessage());
  }

  @Test
  void anOptionHasNoLine() {
    String message = refused("temperature: 2\n", Map.of(JobKey.TEMPERATURE, "warm"));
    assertEquals("temperature must be a number, not warm.", message);
  }

  @Test
  void anOptionForAllLabelsLeavesThoseThatTheFileNames() {
    Thresholds thresholds =
        JobSpec.of(
                JobFile.read(write("thresholds: {prime: 0.3}\n"))
                    .overriddenBy(new JobSettings(Map.of(JobKey.THRESHOLD, "0.7"), Map.of())))
            .thresholds();
    assertEquals(0.3, thresholds.of("prime"));
    assertEquals(0.7, thresholds.of("odd"));
  }

  @Test
  void thresholdsThatAreSaidTogetherGoTogether() {
    Path both = write("threshold: 0.6\nthresholds: {prime: 0.3}\n");
    Thresholds ofFile = JobSpec.of(JobFile.read(both)).thresholds();
    assertEquals(0.3, ofFile.of("prime"));
    assertEquals(0.6, ofFile.of("odd"));
    Thresholds none = with(both, "0.7", "");
    assertEquals(0.7, none.of("prime"));
    Thresholds other = with(both, "0.7", "odd=0.2");
    assertEquals(0.7, other.of("prime"));
    assertEquals(0.2, other.of("odd"));
  }

  private static Thresholds with(Path file, String ofAll, String ofLabels) {
    return JobSpec.of(
            JobFile.read(file)
                .overriddenBy(
                    new JobSettings(
                        Map.of(JobKey.THRESHOLD, ofAll, JobKey.THRESHOLDS, ofLabels), Map.of())))
        .thresholds();
  }
}

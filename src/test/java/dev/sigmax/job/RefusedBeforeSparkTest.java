package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.cli.session.SparkSessions;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.job.calibrate.CalibrationFit;
import dev.sigmax.job.calibrate.WantedFit;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.progress.Progress;
import dev.sigmax.job.run.OpeningSession;
import dev.sigmax.job.spec.JobFile;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first footers tell is told though Spark never opens. */
class RefusedBeforeSparkTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir private Path folder;

  /** Few files are read by the run itself, many by Spark. */
  @ParameterizedTest
  @ValueSource(ints = {1, 17})
  void aTextThatIsNamedParquetIsRefused(int files) throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    for (int i = 0; i < files; i++) {
      Files.writeString(in.resolve("file-%02d.parquet".formatted(i)), "id,logit_a\n1,0.5\n");
    }
    SigmaxException refused = refused(in);
    assertEquals(ErrorName.FILE_UNREADABLE, refused.name());
    assertTrue(refused.getMessage().contains("file-00.parquet"), refused.getMessage());
    assertTrue(refused.getMessage().contains("its content is CSV"), refused.getMessage());
  }

  @Test
  void aFileThatIsNoFileOfAnyFormatIsRefused() throws IOException {
    Path in = Files.write(folder.resolve("in.parquet"), new byte[] {0, 1, 2, 3});
    assertEquals(ErrorName.FILE_UNREADABLE, refused(in).name());
  }

  @Test
  void evaluateAndCalibrateAskForNoSession() throws IOException {
    Path in = Files.writeString(folder.resolve("in.parquet"), "id,logit_a\n1,0.5\n");
    Supplier<SparkSession> none =
        () -> {
          throw new AssertionError("Spark is asked for");
        };
    EvaluationRequest request =
        new EvaluationRequest(
            List.of(in.toString()), "label", Optional.empty(), new JobSettings(Map.of(), Map.of()));
    Configuration configuration = SparkSessions.configuration();
    for (Executable job :
        List.<Executable>of(
            () -> new EvaluateJob(none, configuration, request).run(),
            () ->
                new CalibrateJob(
                        none,
                        configuration,
                        request,
                        new WantedFit(CalibrationFit.Form.TEMPERATURE, List.of()),
                        folder.resolve("calibration.json").toString(),
                        false)
                    .run("test"))) {
      InputException refused = assertThrows(InputException.class, job);
      assertTrue(refused.getMessage().contains("its content is CSV"), refused.getMessage());
    }
  }

  @Test
  void anOutputWithoutAFolderToGoIntoIsRefused() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    SigmaxException refused = refused(in, folder.resolve("missing/out"));
    assertEquals(ErrorName.OUTPUT_PARENT, refused.name());
    assertTrue(refused.getMessage().contains("missing for the output out does not exist"));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(ErrorName.OUTPUT_PARENT, refused(in, file.resolve("out")).name());
  }

  @Test
  void aPathThatIsNotThereIsRefused() throws IOException {
    assertEquals(ErrorName.INPUT_NOT_FOUND, refused(folder.resolve("none")).name());
  }

  private SigmaxException refused(Path in) throws IOException {
    return refused(in, folder.resolve("out"));
  }

  private SigmaxException refused(Path in, Path out) throws IOException {
    Path job =
        Files.writeString(
            folder.resolve("job.yaml"),
            "input: " + in + "\noutput: " + out + "\ntask: multiclass\n");
    JobSpec spec = JobSpec.of(JobFile.read(job, Variables.of(List.of())));
    CountDownLatch ended = new CountDownLatch(1);
    OpeningSession never =
        OpeningSession.begin(
            () -> {
              try {
                ended.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException("nobody needs it any more");
            });
    try {
      return assertTimeoutPreemptively(
          SOON,
          () ->
              assertThrows(
                  SigmaxException.class,
                  () ->
                      new ScoringJob(
                              never, SparkSessions.configuration(), spec, "test", Progress.NONE)
                          .run()));
    } finally {
      ended.countDown();
    }
  }
}

package dev.sigmax.job.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.testing.Mount;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failures of Spark amount to: by their types and by how Spark begins its messages. */
class FailureExplainerTest {
  private static final Path OUTPUT = new Path("file:/data/out");

  @TempDir private java.nio.file.Path folder;

  private static SparkException stage(String reason) {
    return new SparkException("Job aborted due to stage failure: " + reason);
  }

  /** As Spark says it where no executor is left on which the task did not fail. */
  private static String excluded(String latest) {
    return "\nAborting TaskSet 1.0 because task 0 (partition 0)\ncannot run anywhere due to node and"
        + " executor excludeOnFailure.\nMost recent failure:\n"
        + latest
        + "\n\nExcludeOnFailure behavior can be configured via spark.excludeOnFailure.*.\n";
  }

  private static SparkException aborted(String reason) {
    return stage(
        "Task 0 in stage 1.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 1.0 (TID 5) (host executor 1): "
            + reason);
  }

  @Test
  void lostExecutorsMemoryAndOutagesAreThePlatforms() {
    for (Exception failure :
        new Exception[] {
          aborted("ExecutorLostFailure (executor 1 exited caused by one of the running tasks)"),
          aborted("TaskResultLost (result lost from block manager)"),
          stage("Master removed our application: FAILED"),
          stage("Master removed our application: KILLED"),
          stage("All masters are unresponsive! Giving up."),
          stage(
              "Total size of serialized results of 12 tasks (1024.5 MiB) is bigger than"
                  + " spark.driver.maxResultSize (1024.0 MiB)"),
          stage(excluded("ExecutorLostFailure (executor 1 exited caused by one of the running)")),
          stage(excluded("null")),
          stage(
              "ResultStage 4 (collect at X.java:55) has failed the maximum allowable number of"
                  + " times: 4. Most recent failure reason:\n"
                  + "org.apache.spark.shuffle.FetchFailedException: Connection refused\n\tat x"),
          // With spark.stage.maxAttempts, of Spark 4.2 and of all.
          stage(
              "ResultStage 4 (collect at X.java:55) has exceeded the maximum allowable total stage"
                  + " attempts: 4. Most recent failure reason:\n"
                  + "org.apache.spark.shuffle.FetchFailedException: Connection refused\n\tat x"),
          stage(
              "ShuffleMapStage 3 (name=collect at X.java:55) has been resubmitted for the maximum"
                  + " allowable number of times: 4, which is the max value of config"
                  + " `spark.stage.maxAttempts`"),
          aborted("java.lang.OutOfMemoryError: Java heap space\n\tat x"),
          aborted(
              "org.apache.spark.memory.SparkOutOfMemoryError: [UNABLE_TO_ACQUIRE_MEMORY] Unable to"
                  + " acquire 65536 bytes of memory, got 0. SQLSTATE: 53200\n\tat x"),
          aborted("org.apache.arrow.memory.OutOfMemoryException: Failure allocating buffer."),
          new SparkException("x", new OutOfMemoryException("Failure allocating buffer.")),
          new SparkException("Job 3 cancelled because SparkContext was shut down"),
          new IllegalStateException("Cannot call methods on a stopped SparkContext.\nIt was"),
          new IOException(new SocketTimeoutException("read timed out"))
        }) {
      assertInstanceOf(ExternalException.class, FailureExplainer.explain(failure, OUTPUT));
      assertTrue(FailureExplainer.isOfSparkAlone(failure));
    }
  }

  /** Who killed it knows; that executors lacked memory would be a guess. */
  @Test
  void anApplicationThatIsKilledAtTheMasterWasStopped() {
    assertEquals(ErrorName.SPARK_STOPPED, named(stage("Master removed our application: KILLED")));
    assertEquals(ErrorName.EXECUTORS_LOST, named(stage("Master removed our application: FAILED")));
    assertEquals(
        ErrorName.MASTER_UNREACHABLE, named(stage("All masters are unresponsive! Giving up.")));
  }

  @Test
  void resultsThatAreTooLargeForTheDriverAreToldWithTheSetting() {
    Exception failure =
        stage(
            "Total size of serialized results of 12 tasks (1024.5 MiB) is bigger than"
                + " spark.driver.maxResultSize (1024.0 MiB)");
    assertEquals(ErrorName.RESULTS_TOO_LARGE, named(failure));
    String said = FailureExplainer.explain(failure, OUTPUT).getMessage();
    assertTrue(said.contains("spark.driver.maxResultSize (1024.0 MiB)"), said);
  }

  private static ErrorName named(Exception failure) {
    return FailureExplainer.explain(failure, OUTPUT).name();
  }

  /** It did not go while it was read: it never was on the executor's machine. */
  @Test
  void aFileThatAnExecutorDoesNotSeeIsToldAsThat() throws IOException {
    java.nio.file.Path file = Files.createFile(folder.resolve("a.parquet"));
    SparkException failure =
        new SparkException(
            aborted(
                    "org.apache.spark.SparkException: [FAILED_READ_FILE.FILE_NOT_EXIST] Encountered"
                        + " error while reading file "
                        + file.toUri()
                        + ". File does not exist.")
                .getMessage(),
            new FileNotFoundException("File " + file.toUri() + " does not exist"));
    SigmaxException told = FailureExplainer.explain(failure, OUTPUT);
    assertEquals(ErrorName.FILE_UNREADABLE, told.name());
    assertTrue(told.getMessage().contains("not for the executor on host."), told.getMessage());
    Files.delete(file);
    SigmaxException gone = FailureExplainer.explain(failure, OUTPUT);
    assertTrue(gone.getMessage().contains("It went while it was read"), gone.getMessage());
  }

  @Test
  void wordsInAPathAreNoReason() {
    for (String path : new String[] {"cancelled", "ExecutorLostFailure", "OutOfMemoryError"}) {
      Exception failure =
          aborted("java.io.IOException: cannot decode /data/" + path + "/a.parquet");
      assertFalse(FailureExplainer.isOfSparkAlone(failure), path);
    }
  }

  /** Java throws one error for both, and more heap makes this one worse. */
  @Test
  void aLimitOfThreadsIsNotTakenForALackOfHeap() {
    String said =
        "unable to create native thread: possibly out of memory or process/resource limits";
    for (Exception failure :
        new Exception[] {
          new SparkException("x", new OutOfMemoryError(said)),
          aborted("java.lang.OutOfMemoryError: " + said + "\n\tat x")
        }) {
      ExternalException told =
          assertInstanceOf(ExternalException.class, FailureExplainer.explain(failure, OUTPUT));
      assertEquals(ErrorName.NO_THREADS, told.name());
    }
  }

  @Test
  void anExcludedExecutorDoesNotHideWhyItsTasksFailed() {
    assertFalse(
        FailureExplainer.isOfSparkAlone(
            stage(excluded("java.lang.IllegalStateException: ExecutorLostFailure\n\tat x"))));
    ExternalException memory =
        assertInstanceOf(
            ExternalException.class,
            FailureExplainer.explain(
                stage(excluded("java.lang.OutOfMemoryError: Java heap space\n\tat x")), OUTPUT));
    assertEquals(ErrorName.OUT_OF_MEMORY, memory.name());
  }

  @Test
  void aFullLocalFolderOfSparkIsNotBlamedOnTheOutput() {
    IOException full = new IOException("No space left on device");
    assertInstanceOf(OutputException.class, FailureExplainer.explain(full, OUTPUT));
    full.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.io.FileOutputStream", "writeBytes", "F.java", 1),
          new StackTraceElement("org.apache.spark.storage.DiskBlockObjectWriter", "write", "D", 1)
        });
    ExternalException refusal =
        assertInstanceOf(
            ExternalException.class,
            FailureExplainer.explain(new SparkException("x", full), OUTPUT));
    assertTrue(refusal.getMessage().contains("SPARK_LOCAL_DIRS"), refusal.getMessage());
  }

  @Test
  void aWriteThatHadoopFailsWithAnErrorIsToldAsOneThatFailsWithAnException() throws IOException {
    try (Mount disk = Mount.memory(folder.resolve("disk"), "64k");
        FileSystem hadoop = new RawLocalFileSystem()) {
      hadoop.initialize(URI.create("file:///"), new Configuration(false));
      Path file = new Path(disk.folder().resolve("file").toUri());
      OutputException told =
          assertThrows(
              OutputException.class,
              () -> FailureExplainer.explained(OUTPUT, () -> write(hadoop.create(file))));
      assertEquals(ErrorName.NO_SPACE_FOR_OUTPUT, told.name());
      assertInstanceOf(FSError.class, told.getCause());
    }
  }

  private static Void write(OutputStream file) throws IOException {
    try (file) {
      file.write(new byte[100_000]);
    }
    return null;
  }
}

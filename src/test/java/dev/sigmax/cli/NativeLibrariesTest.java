package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.failure.NativeLibraries;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** A folder for temporary files that libraries cannot be loaded from is told as that. */
class NativeLibrariesTest {
  private static void assertTold(Throwable failure, String cause) {
    ExternalException told = NativeLibraries.explain(failure).orElseThrow();
    assertEquals(ErrorName.NATIVE_LIBRARY, told.name());
    assertTrue(told.getMessage().contains(cause), told.getMessage());
    assertTrue(told.getMessage().contains(System.getProperty("java.io.tmpdir")), told.getMessage());
    assertEquals(7, ExitCode.of(told).code());
  }

  @Test
  void aFolderThatNothingMayRunFromIsTold() {
    String mapped = "snappy.so: failed to map segment from shared object";
    assertTold(new UnsatisfiedLinkError(mapped), mapped);
    assertTold(
        new IllegalStateException("a task failed", new UnsatisfiedLinkError(mapped)), mapped);
  }

  @Test
  void soIsWhatFailsAfterIt() {
    String again = "Could not initialize class org.xerial.snappy.Snappy";
    assertTold(new NoClassDefFoundError(again), again);
  }

  /** Of an executor's folder the driver knows nothing, and no file is to blame. */
  @Test
  void thatOfAnExecutorIsToldWithItsMachine() {
    for (String error :
        new String[] {
          "java.lang.UnsatisfiedLinkError: /small/snappy.so: failed to map segment",
          "java.lang.NoClassDefFoundError: Could not initialize class org.xerial.snappy.Snappy",
          "java.lang.RuntimeException: a page\n\tat A.b(A.java:1)\nCaused by:"
              + " org.xerial.snappy.SnappyError: [FAILED_TO_LOAD_NATIVE_LIBRARY] null\n\tat C.d"
        }) {
      SparkException failure =
          new SparkException(
              "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent"
                  + " failure: Lost task 0.3 in stage 1.0 (TID 5) (node7.example executor 1): "
                  + error);
      String told = NativeLibraries.explain(failure).orElseThrow().getMessage();
      assertTrue(told.contains("temporary files of the executor on node7.example, which"), told);
      assertTrue(told.contains("spark.executor.extraJavaOptions=-Djava.io.tmpdir=FOLDER"), told);
      assertTrue(FailureExplainer.isOfSparkAlone(failure));
    }
  }

  @Test
  void aTaskOfThisProcessIsToldWithItsFolder() {
    String mapped = "snappy.so: failed to map segment from shared object";
    assertTold(
        new SparkException(
            "Lost task 0.0 in stage 1.0 (TID 5) (host executor driver): "
                + "java.lang.UnsatisfiedLinkError: "
                + mapped),
        mapped);
  }

  @Test
  void otherClassesAreNoNativeCode() {
    assertEquals(Optional.empty(), NativeLibraries.explain(new NoClassDefFoundError("scala/Foo")));
    assertEquals(
        Optional.empty(),
        NativeLibraries.explain(new IllegalStateException("org.xerial.snappy. is a name")));
  }
}

package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import java.util.Optional;
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

  @Test
  void otherClassesAreNoNativeCode() {
    assertEquals(Optional.empty(), NativeLibraries.explain(new NoClassDefFoundError("scala/Foo")));
    assertEquals(
        Optional.empty(),
        NativeLibraries.explain(new IllegalStateException("org.xerial.snappy. is a name")));
  }
}

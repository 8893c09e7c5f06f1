package dev.sigmax.output.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of a run whose commit fails: a table may have them all the same. */
class CommittedFolderTest {
  @TempDir private Path data;

  private <T extends Throwable> T assertFails(Class<T> how, CommittedFolder.Commit commit)
      throws IOException {
    try (Staging staging =
        CommittedFolder.open(
            new org.apache.hadoop.fs.Path(data.toUri()), "sigmax-", new Configuration())) {
      return assertThrows(
          how,
          () ->
              CommittedFolder.publish(
                  staging, Manifests.ofNoRows("monday"), new Configuration(), commit));
    }
  }

  private long folders() throws IOException {
    try (var folders = Files.list(data)) {
      return folders.count();
    }
  }

  @Test
  void filesStayWhereMemoryRanOutInTheCommit() throws IOException {
    OutputException memory =
        assertFails(
            OutputException.class,
            () -> {
              throw new OutOfMemoryError("of the test");
            });
    assertEquals(ErrorName.PUBLICATION_UNKNOWN, memory.name());
    assertEquals(1, folders());
  }

  @Test
  void filesStayWhereTheCommitCannotTell() throws IOException {
    assertFails(OutputException.class, () -> fail(ErrorName.PUBLICATION_UNKNOWN));
    assertEquals(1, folders());
  }

  @Test
  void filesGoWhereTheCommitWasRefused() throws IOException {
    assertFails(OutputException.class, () -> fail(ErrorName.TABLE_ROWS_CHANGED));
    assertFails(
        IllegalStateException.class,
        () -> {
          throw new IllegalStateException("of the test");
        });
    assertFails(
        NoClassDefFoundError.class,
        () -> {
          throw new NoClassDefFoundError("of the test");
        });
    assertEquals(0, folders());
  }

  private static void fail(ErrorName name) {
    throw new OutputException(name, "of the test", null);
  }
}

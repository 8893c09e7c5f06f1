package dev.sigmax.input.snapshot;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalListingTest {
  @TempDir Path folder;

  @BeforeEach
  void oneFile() throws IOException {
    Files.createFile(folder.resolve("1.parquet"));
    Files.createFile(folder.resolve("_SUCCESS"));
    Files.createFile(folder.resolve(".1.parquet.crc"));
  }

  @Test
  void aFileThatArrivesWhileTheFolderIsListedIsNotLeftOut() throws IOException {
    Set<Path> before = LocalListing.visible(folder);
    Files.createFile(folder.resolve("2.parquet"));
    assertDoesNotThrow(() -> LocalListing.requireAll(before, Set.of("1.parquet")));
    assertDoesNotThrow(() -> LocalListing.requireAll(before, Set.of("1.parquet", "2.parquet")));
  }

  @Test
  void aFileThatTheListingDoesNotHaveIsRefused() throws IOException {
    Set<Path> before = LocalListing.visible(folder);
    InputException refused =
        assertThrows(
            InputException.class, () -> LocalListing.requireAll(before, Set.of("2.parquet")));
    assertEquals(ErrorName.FILE_LEFT_OUT, refused.name());
    assertTrue(refused.getMessage().contains("1.parquet, whose name"), refused.getMessage());
  }

  @Test
  void aFileThatGoesWhileTheFolderIsListedIsTold() throws IOException {
    Set<Path> before = LocalListing.visible(folder);
    Files.delete(folder.resolve("1.parquet"));
    InputException refused =
        assertThrows(InputException.class, () -> LocalListing.requireAll(before, Set.of()));
    assertTrue(refused.getMessage().endsWith("which went while it was listed. Run again."));
  }
}

package dev.sigmax.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackgroundSyncTest {
  @TempDir Path folder;

  private final BlockingQueue<String> forced = new LinkedBlockingQueue<>();

  @Test
  void filesAreForcedAsTheyAppearAndAgainWhenTheyGrew() throws Exception {
    BackgroundSync sync = BackgroundSync.start(folder, this::record);
    Path task = Files.createDirectories(folder.resolve("_temporary/0"));
    Path file = Files.writeString(task.resolve("part-0"), "a");
    assertEquals("part-0", forced.take());
    Files.writeString(file, "more");
    assertEquals("part-0", forced.take());
    Files.writeString(task.resolve("part-1"), "b");
    assertEquals("part-1", forced.take());
    sync.finish();
    assertEquals(0, forced.size());
  }

  @Test
  void aFileThatItsTaskMovesAwayMeanwhileIsNoFailure() throws Exception {
    BackgroundSync sync =
        BackgroundSync.start(
            folder,
            file -> {
              record(file);
              if (file.endsWith("before")) {
                Files.move(file, folder.resolve("after"));
                throw new NoSuchFileException(file.toString());
              }
            });
    Files.writeString(folder.resolve("before"), "a");
    assertEquals("before", forced.take());
    assertEquals("after", forced.take());
    sync.finish();
  }

  @Test
  void aFolderThatIsRemovedMeanwhileIsNoFailure() throws Exception {
    Path removed = Files.createDirectory(folder.resolve("removed"));
    BackgroundSync sync = BackgroundSync.start(removed, this::record);
    Files.writeString(removed.resolve("part-0"), "a");
    assertEquals("part-0", forced.take());
    Files.delete(removed.resolve("part-0"));
    Files.delete(removed);
    assertEquals(null, forced.poll(1, TimeUnit.SECONDS));
    sync.finish();
  }

  @Test
  void theEndTellsThatTheDiskDidNotTakeAFile() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    BackgroundSync sync =
        BackgroundSync.start(
            folder,
            file -> {
              failed.countDown();
              throw new IOException("cannot force " + file.getFileName() + ": No space left");
            });
    Files.writeString(folder.resolve("part-0"), "a");
    failed.await();
    IOException told = assertThrows(IOException.class, sync::finish);
    assertEquals("cannot force part-0: No space left", told.getMessage());
  }

  @Test
  void theEndTellsWhateverElseStoppedIt() throws Exception {
    BackgroundSync sync =
        BackgroundSync.start(
            folder,
            file -> {
              record(file);
              throw new IllegalStateException("a defect");
            });
    Files.writeString(folder.resolve("part-0"), "a");
    forced.take();
    IOException told = assertThrows(IOException.class, sync::finish);
    assertEquals("a defect", told.getCause().getMessage());
  }

  private void record(Path file) {
    forced.add(file.getFileName().toString());
  }
}

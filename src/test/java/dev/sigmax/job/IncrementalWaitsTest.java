package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;

/** What is asked of earlier runs waits together: one by one, thousands take minutes on a store. */
class IncrementalWaitsTest extends IncrementalRuns {
  /**
   * This machine's files, of which no run's manifest or folder is told before a second is asked
   * for.
   */
  public static final class MeetingFiles extends RawLocalFileSystem {
    private static final CountDownLatch OPENED = new CountDownLatch(2);
    private static final CountDownLatch LISTED = new CountDownLatch(2);

    @Override
    public URI getUri() {
      return URI.create("meeting:///");
    }

    @Override
    public String getScheme() {
      return "meeting";
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      meet(OPENED, path);
      return super.open(path, bufferSize);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      if (path.getName().startsWith("run=")) {
        meet(LISTED, path);
      }
      return super.listStatus(path);
    }

    private static void meet(CountDownLatch others, Path path) throws IOException {
      others.countDown();
      try {
        if (!others.await(20, TimeUnit.SECONDS)) {
          throw new IOException("nothing is asked for beside " + path);
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
  }

  @Test
  void manifestsAndFoldersOfEarlierRunsAreAskedForTogether() throws IOException {
    for (int i = 0; i < 3; i++) {
      file("f" + i + ".parquet", 10 * i, 10);
      assertPublished(incremental());
    }
    Configuration configuration = new Configuration();
    configuration.set("fs.meeting.impl", MeetingFiles.class.getName());
    NumberedRuns runs = NumberedRuns.in(new Path("meeting://" + out()), configuration);
    assertEquals(List.of(), runs.faults());
    assertEquals(List.of(1, 2, 3), runs.runs().stream().map(NumberedRuns.Run::number).toList());
    assertEquals(List.of(), runs.withoutFiles(configuration));
  }
}

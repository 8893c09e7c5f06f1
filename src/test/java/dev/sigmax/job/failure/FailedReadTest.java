package dev.sigmax.job.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.Preflight;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.ReadRequest;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotReader;
import dev.sigmax.job.JobTest;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.parquet.footer.Footers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The file on which Spark failed without a word on which it is. */
class FailedReadTest extends JobTest {
  private static final int FILES = 20;

  /** How often 20 files can be halved, and one job more. */
  private static final int MOST_JOBS = 6;

  private InputTable table() {
    Configuration configuration = spark().sessionState().newHadoopConf();
    Snapshot snapshot = SnapshotReader.read(List.of(in().toString()), configuration);
    return Preflight.check(
        snapshot,
        Footers.read(spark(), snapshot.paths()),
        ReadRequest.ofLogits(new ColumnChoice.Text("logit_*")));
  }

  private Path file(int number) {
    return in().resolve("%02d.parquet".formatted(number));
  }

  private void makeFiles() {
    for (int i = 0; i < FILES; i++) {
      input("%02d.parquet".formatted(i), THREE_ROWS);
    }
  }

  /** Turns the pages into nonsense; the footer stays. */
  private void damage(int number) throws IOException {
    byte[] bytes = Files.readAllBytes(file(number));
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, 4, bytes.length - 8 - footer, (byte) 0xff);
    Files.write(file(number), bytes);
  }

  private record Found(Optional<FailedRead> what, int jobs) {}

  private static Found find(InputTable table) throws TimeoutException {
    SparkSession session = RunSession.forReading(spark(), table);
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    session.sparkContext().listenerBus().waitUntilEmpty(TimeUnit.MINUTES.toMillis(1));
    session.sparkContext().addSparkListener(listener);
    try {
      Optional<FailedRead> found =
          FailedRead.find(session, table, null, new SparkException("a task failed"));
      session.sparkContext().listenerBus().waitUntilEmpty(TimeUnit.MINUTES.toMillis(1));
      return new Found(found, jobs.get());
    } finally {
      session.sparkContext().removeSparkListener(listener);
    }
  }

  @Test
  void theFirstDamagedFileIsFoundByFewJobsWhereverItIs() throws Exception {
    makeFiles();
    InputTable table = table();
    for (int first : new int[] {FILES - 1, 10, 9, 0}) {
      damage(first);
      Found found = find(table);
      FailedRead.Damaged damaged =
          assertInstanceOf(FailedRead.Damaged.class, found.what().orElseThrow());
      assertTrue(
          damaged.exception().getMessage().contains(file(first).toString()),
          damaged.exception().getMessage());
      assertTrue(found.jobs() <= MOST_JOBS, found.jobs() + " jobs");
    }
  }

  @Test
  void wherePagesAreAllRightNoFileIsBlamed() throws Exception {
    makeFiles();
    Found found = find(table());
    assertEquals(Optional.empty(), found.what());
    assertTrue(found.jobs() <= MOST_JOBS, found.jobs() + " jobs");
  }
}

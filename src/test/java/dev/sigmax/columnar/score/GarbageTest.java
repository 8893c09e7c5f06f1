package dev.sigmax.columnar.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sigmax.kernel.Kernels;
import dev.sigmax.kernel.rule.Additions;
import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.read.CountedMemory;
import dev.sigmax.parquet.read.FileColumns;
import dev.sigmax.parquet.read.PageBatches;
import dev.sigmax.parquet.read.UnsupportedFile;
import dev.sigmax.parquet.vector.BatchRows;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.tally.TallyRule;
import dev.sigmax.testing.DuckDb;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a task allocates on the heap for a logit, to read its page and to score it. Whatever grows
 * with the rows would be garbage.
 */
class GarbageTest {
  private static final int ROWS = 400_000;
  private static final int CLASSES = 10;

  /** A file is scored so often; the first time classes are loaded. */
  private static final int PASSES = 3;

  /** So many bytes for a logit, and no more. */
  private static final double MOST = 0.5;

  private static final String LOGIT = "((hash(i) + %s) %% 1000003 / 1e5)::FLOAT";

  @TempDir private Path folder;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ByteBuffer rows =
      ByteBuffer.allocateDirect(BatchRows.MOST * CLASSES * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN);

  private static ParquetMetadata footer(Path file) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    Configuration settings = new Configuration();
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(path, settings),
            HadoopReadOptions.builder(settings).build())) {
      return reader.getFooter();
    }
  }

  private static BatchScorer softmax(LogitSource logits) {
    ScoringRule rule =
        new ScoringRule(Task.MULTICLASS, CLASSES, 1, NonFinite.REJECT, ScoringRule.AS_PROMISED);
    return new BatchScorer(
        new ScoreCall(rule, logits, true, false, true, Additions.NONE, TallyRule.NONE),
        Kernels.scalar());
  }

  /** Reads and scores a file, as columns and as rows; how many rows it has. */
  private long score(Path file, ParquetMetadata footer, StructType input, BatchScorer scorer)
      throws IOException, UnsupportedFile {
    long count = 0;
    try (PageBatches batches =
        new PageBatches(
            FileBytes.local(file, bytes -> {}),
            file.toString(),
            FileColumns.find(footer, input, FieldIds.NONE, true, true),
            BatchRows.MOST,
            List.of(),
            new CountedMemory(),
            true)) {
      while (batches.next()) {
        Scores scores = scorer.score(batches.batch());
        scores.putColumn(CLASSES - 1, rows);
        scores.putGoodRows(rows);
        count += scores.rows();
      }
    }
    return count;
  }

  private void assertLittleGarbage(String logits, StructType input, LogitSource source)
      throws IOException, UnsupportedFile {
    Path file = folder.resolve("in.parquet");
    DuckDb.write("SELECT " + logits + " FROM range(" + ROWS + ") t(i)", file);
    ParquetMetadata footer = footer(file);
    BatchScorer scorer = softmax(source);
    long allocated = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertEquals(ROWS, score(file, footer, input, scorer));
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    double bytes = (double) allocated / ROWS / CLASSES;
    assertTrue(bytes <= MOST, bytes + " bytes for a logit");
  }

  @Test
  void columnsAreReadAndScoredWithoutGarbage() throws IOException, UnsupportedFile {
    StructType input = new StructType();
    for (int i = 0; i < CLASSES; i++) {
      input = input.add("logit_" + i, DataTypes.FloatType);
    }
    assertLittleGarbage(
        IntStream.range(0, CLASSES)
            .mapToObj(i -> LOGIT.formatted(i) + " AS logit_" + i)
            .collect(Collectors.joining(", ")),
        input,
        new LogitSource(
            false,
            IntStream.range(0, CLASSES).boxed().toList(),
            Collections.nCopies(CLASSES, DataTypes.FloatType),
            true));
  }

  @Test
  void arraysAreReadAndScoredWithoutGarbage() throws IOException, UnsupportedFile {
    assertLittleGarbage(
        "[" + LOGIT.formatted("j") + " FOR j IN range(" + CLASSES + ")] AS logits",
        new StructType().add("logits", DataTypes.createArrayType(DataTypes.FloatType, true)),
        new LogitSource(true, List.of(0), List.of(DataTypes.FloatType), true));
  }
}

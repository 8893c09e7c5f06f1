package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.Causes;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * SPARK-60490: Spark's vectorized reader gives wrong values where a page of dictionary indexes
 * follows one of values in one batch.
 */
class PageOrderTest extends JobTest {
  private static final int VALUES = 8;
  private static final float[] DICTIONARY = {40, 41};

  private static BytesInput floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return BytesInput.from(bytes.array());
  }

  /** Values 0 to 7, as they are. */
  private static void plainPage(ParquetFileWriter file, Statistics<?> none) throws IOException {
    BytesInput values = floats(0, 1, 2, 3, 4, 5, 6, 7);
    file.writeDataPage(
        VALUES,
        (int) values.size(),
        values,
        none,
        VALUES,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
  }

  /** Indexes 0, 1, 0, 1 … of one bit: the width, the header of one group of eight, the bits. */
  private static void dictionaryPage(ParquetFileWriter file, Statistics<?> none)
      throws IOException {
    BytesInput indexes = BytesInput.from(new byte[] {1, 3, (byte) 0b1010_1010});
    file.writeDataPage(
        VALUES,
        (int) indexes.size(),
        indexes,
        none,
        VALUES,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.RLE_DICTIONARY);
  }

  /** A file of two logits, of which the first has its pages in this order. */
  private Path craft(boolean dictionaryFirst) throws IOException {
    MessageType schema =
        Types.buildMessage()
            .required(PrimitiveTypeName.FLOAT)
            .named("logit_a")
            .required(PrimitiveTypeName.FLOAT)
            .named("logit_b")
            .named("crafted");
    Files.createDirectories(in());
    Path path = in().resolve("a.parquet");
    Files.deleteIfExists(path);
    ParquetFileWriter file =
        new ParquetFileWriter(
            HadoopOutputFile.fromPath(
                new org.apache.hadoop.fs.Path(path.toString()), new Configuration()),
            schema,
            ParquetFileWriter.Mode.CREATE,
            1 << 20,
            0,
            64,
            64,
            true);
    file.start();
    file.startBlock(2 * VALUES);
    for (ColumnDescriptor column : schema.getColumns()) {
      Statistics<?> none = Statistics.createStats(column.getPrimitiveType());
      file.startColumn(column, 2 * VALUES, CompressionCodecName.UNCOMPRESSED);
      if (column.getPath()[0].equals("logit_a")) {
        file.writeDictionaryPage(
            new DictionaryPage(floats(DICTIONARY), DICTIONARY.length, Encoding.PLAIN));
        if (dictionaryFirst) {
          dictionaryPage(file, none);
          plainPage(file, none);
        } else {
          plainPage(file, none);
          dictionaryPage(file, none);
        }
      } else {
        plainPage(file, none);
        plainPage(file, none);
      }
      file.endColumn();
    }
    file.endBlock();
    file.end(Map.of());
    return path;
  }

  @Test
  void aDictionaryPageBehindValuesIsReadRightly() throws IOException {
    Path file = craft(false);
    assertPublished(score("multilabel"));
    assertEngine("columnar");
    assertScores(file);
    assertPublished(score("multilabel", "--replace", "--engine", "row"));
    assertTrue(
        manifest().at("/engine/why").asText().contains("SPARK-60490"),
        manifest().at("/engine").toString());
    assertScores(file);
  }

  @Test
  void theUsualOrderStaysColumnar() throws IOException {
    Path file = craft(true);
    assertPublished(score("multilabel"));
    assertEngine("columnar");
    assertScores(file);
  }

  /** A store may fail once, and another reader is no answer where it reads wrong values. */
  @Test
  void aReadThatFailsOnceGivesNoWrongValue() throws IOException {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    SparkSession session = spark().newSession();
    session.conf().set("spark.sigmax.columnar.reader", "only-own");
    Path file = craft(false);
    int refused = 0;
    boolean fired = true;
    for (int operation = 1; fired; operation++) {
      // Footers are kept, by name.
      Path again = Files.copy(file, folder.resolve(operation + ".parquet"));
      Path output = folder.resolve("out-" + operation);
      Dataset<Row> scored =
          session
              .read()
              .schema("logit_a FLOAT, logit_b FLOAT")
              .parquet("faulty://" + again)
              .selectExpr("sigmoid(logit_a) AS prob_a", "sigmoid(logit_b) AS prob_b");
      FaultPlan.plan(Fault.FAIL_READING, operation);
      try {
        scored.write().parquet(output.toString());
        assertScores(file, output);
      } catch (Exception failed) {
        assertTrue(Causes.rootMessage(failed).contains("injected fault"), failed.toString());
        refused++;
      } finally {
        fired = FaultPlan.fired();
        FaultPlan.heal();
      }
    }
    assertTrue(refused > 1, "hardly a fault came");
  }

  private void assertScores(Path file) {
    assertScores(file, out());
  }

  /** Held against the values as DuckDB reads them: σ(40) is 1 in float, σ(1) is not. */
  private static void assertScores(Path file, Path output) {
    List<List<Object>> logits =
        DuckDb.rows("SELECT logit_a, logit_b FROM '" + file + "' ORDER BY ALL");
    assertEquals(2 * VALUES, logits.size());
    assertEquals(
        DuckDb.rows(
            "SELECT round((1 / (1 + exp(-logit_a::DOUBLE)))::FLOAT, 6), round((1 / (1 +"
                + " exp(-logit_b::DOUBLE)))::FLOAT, 6) FROM '"
                + file
                + "' ORDER BY ALL"),
        DuckDb.rows(
            "SELECT round(prob_a, 6), round(prob_b, 6) FROM '"
                + output
                + "/*.parquet' ORDER BY ALL"));
  }

  /** With texts for statistics a header is longer than what is read at first. */
  @Test
  void longHeadersOfOrderlyPagesAreRead() throws IOException {
    Path made = folder.resolve("made");
    spark()
        .range(0, 2000, 1, 1)
        .selectExpr(
            "concat(repeat('x', 3000), if(id < 1000, id % 10, id)) AS text",
            "float(id % 7) AS logit_a", "float(id % 5) AS logit_b")
        .write()
        .option("parquet.dictionary.page.size", "65536")
        .option("parquet.page.row.count.limit", "500")
        .parquet(made.toString());
    Files.createDirectories(in());
    try (var parts = Files.list(made)) {
      Path part = parts.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(part, in().resolve("a.parquet"));
    }
    String encodings =
        DuckDb.value(
                "SELECT encodings FROM parquet_metadata('"
                    + in().resolve("a.parquet")
                    + "') WHERE path_in_schema = 'text'")
            .toString();
    assertTrue(encodings.matches(".*PLAIN_DICTIONARY.*"), encodings);
    assertTrue(encodings.matches(".*PLAIN([^_].*|$)"), encodings);
    assertPublished(score("multiclass"));
    assertEngine("columnar");
  }
}

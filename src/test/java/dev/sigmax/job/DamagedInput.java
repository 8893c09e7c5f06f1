package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Damages a file of 300 rows: an error that names the file, or the right answer. */
abstract class DamagedInput extends JobTest {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  private Path file;

  /** The file as it was written. */
  protected byte[] whole;

  private List<List<Object>> expected;

  @BeforeEach
  void scoreTheWholeFile() throws IOException {
    // Written by Spark, so that its pages carry checksums.
    Path made = folder.resolve("made");
    spark()
        .range(0, 300, 1, 1)
        .selectExpr(
            "id",
            "CAST(id % 7 AS FLOAT) AS logit_a",
            "CAST(id % 5 AS FLOAT) / 3 AS logit_b",
            "CAST(id AS STRING) AS name")
        .write()
        .option("parquet.page.write-checksum.enabled", "true")
        .parquet(made.toString());
    file = in().resolve("a.parquet");
    Files.createDirectories(in());
    try (var parts = Files.list(made)) {
      Files.copy(
          parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow(), file);
    }
    whole = Files.readAllBytes(file);
    Program healthy = scoreDamaged(folder.resolve("expected"));
    assertEquals(0, healthy.code(), healthy.err());
    expected = DuckDb.rows(VALUES.formatted(folder.resolve("expected")));
  }

  private Program scoreDamaged(Path output) {
    return Program.run(
        "score",
        "--input",
        file.toString(),
        "--output",
        output.toString(),
        "--task",
        "multiclass",
        "--logits",
        "logit_a,logit_b",
        "--keep",
        "id,name");
  }

  /** Scores the damaged bytes; what came of them. */
  protected final String outcomeOf(byte[] bytes, String which) throws IOException {
    Files.write(file, bytes);
    Path output = Files.createTempDirectory(folder, "out").resolve("out");
    Program run = scoreDamaged(output);
    String said = which + ": exit " + run.code() + " " + run.err();
    if (run.code() == 0) {
      assertEquals(expected, DuckDb.rows(VALUES.formatted(output)), said);
      return "right answer";
    }
    assertEquals(3, run.code(), said);
    assertTrue(run.err().contains("a.parquet"), said);
    return "refused";
  }

  /** Where the footer's bytes begin. */
  protected final int footerStart() {
    int length =
        ByteBuffer.wrap(whole, whole.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return whole.length - 8 - length;
  }
}

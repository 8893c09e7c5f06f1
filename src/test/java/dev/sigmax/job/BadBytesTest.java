package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged input: an error that names the file, or the right answer. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BadBytesTest extends JobTest {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  private Path file;
  private byte[] whole;
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
    assertEquals(0, scoreDamaged(folder.resolve("expected")).code());
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
  private String outcomeOf(byte[] bytes, String which) throws IOException {
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

  private int footerStart() {
    int length =
        ByteBuffer.wrap(whole, whole.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return whole.length - 8 - length;
  }

  @Test
  void aFlippedByteOfTheFooterIsRefusedOrChangesNothing() throws IOException {
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("footer bytes flipped")) {
      for (int at = footerStart(); at < whole.length; at += Tally.every(37)) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        tally.count(outcomeOf(damaged, "byte " + at + " of " + whole.length));
      }
    }
  }

  @Test
  void aFlippedByteOfAPageIsRefusedOrChangesNothing() throws IOException {
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("page bytes flipped")) {
      for (int i = 0; i < (Tally.everyFault() ? 500 : 25); i++) {
        byte[] damaged = whole.clone();
        int at = 4 + random.nextInt(footerStart() - 4);
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        tally.count(outcomeOf(damaged, "byte " + at));
      }
    }
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    try (Tally tally = new Tally("truncations")) {
      for (int percent = 0; percent < 100; percent += Tally.every(7)) {
        byte[] damaged = Arrays.copyOf(whole, whole.length * percent / 100);
        tally.count(outcomeOf(damaged, percent + " %"));
      }
      assertEquals(tally.tried(), tally.of("refused"));
    }
  }
}

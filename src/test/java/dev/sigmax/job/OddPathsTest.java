package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are named as people know them, not as Spark's URIs spell them. */
class OddPathsTest extends JobTest {
  @ParameterizedTest
  @ValueSource(strings = {"my logits", "50% off", "100%25", "ä+b#1"})
  void damagedFileIsNamedAsItIs(String name) throws IOException {
    Path made = folder.resolve("made");
    spark()
        .range(0, 3000, 1, 1)
        .selectExpr(
            "id",
            "CAST(hash(id) % 7000 AS FLOAT) / 1000 AS logit_a",
            "CAST(id % 5 AS FLOAT) AS logit_b")
        .write()
        .option("parquet.page.write-checksum.enabled", "true")
        .option("compression", "none")
        .parquet(made.toString());
    Path file = in().resolve(name).resolve("a b.parquet");
    Files.createDirectories(file.getParent());
    try (Stream<Path> parts = Files.list(made)) {
      Files.copy(
          parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow(), file);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Program run = scoreFrom(file.toString(), "multiclass");
    assertRefused(3, run, "cannot read the input file " + file + ": ");
    assertTrue(run.err().contains(name), run.err());
    assertFalse(run.err().contains("%20"), run.err());
  }
}

package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.UsageException;
import dev.sigmax.job.spec.JobFile;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ManifestFile;
import dev.sigmax.testing.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/**
 * Job files and manifests with something changed, cut out, doubled or put in: they are read or
 * refused, and nothing else comes of them.
 */
class MutationTest extends JobTest {
  private static final String JOB =
      """
      # A job.
      input: [data/*.parquet, "more, of it"]
      output: out
      task: multiclass
      logits: logit_*
      labels: [yes, 007, 'a b']
      keep: [id]
      layout: columns
      precision: float
      temperature: 1.5
      on-bad-row: quarantine
      max-bad-rows: 0.1%
      non-finite: limit
      sum-tolerance: auto
      codec: zstd
      engine: auto
      replace: true
      run-id: monday
      """;
  private static final List<String> PIECES =
      List.of(
          "&a",
          "*a",
          "!!java.net.URL",
          "{",
          "}",
          "[",
          "]",
          ": ",
          "- ",
          "\n",
          "\t",
          "\0",
          "null",
          "~",
          "1e999",
          "-1",
          "NaN",
          "\"",
          "'",
          "|",
          ">",
          "%",
          "@",
          "`",
          "\u2028",
          "9999999999999999999",
          "<<: ",
          "? ",
          "---",
          "...",
          "#");

  private static byte[] mutated(byte[] text, Random random) {
    byte[] result = text;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(result.length + 1);
      int end = Math.min(result.length, at + random.nextInt(12));
      ByteArrayOutputStream next = new ByteArrayOutputStream();
      next.write(result, 0, at);
      switch (random.nextInt(4)) {
        case 0 ->
            next.writeBytes(
                PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
        case 1 -> next.write(random.nextInt(256));
        case 2 -> {
          next.write(result, at, end - at);
          next.write(result, at, end - at);
          at = end;
        }
        default -> at = end;
      }
      next.write(result, at, result.length - at);
      result = next.toByteArray();
    }
    return result;
  }

  @Test
  void anyJobFileIsReadOrRefused() throws IOException {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, JOB);
    JobSpec whole = JobSpec.of(JobFile.read(file));
    assertEquals(java.util.Optional.of("monday"), whole.runId());
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("job files mutated")) {
      for (int i = 0; i < (Tally.everyFault() ? 200_000 : 1_000); i++) {
        byte[] text = mutated(JOB.getBytes(StandardCharsets.UTF_8), random);
        Files.write(file, text);
        try {
          JobSpec.of(JobFile.read(file));
          tally.count("read");
        } catch (UsageException refusal) {
          assertTrue(!refusal.getMessage().isBlank());
          tally.count("refused");
        } catch (RuntimeException | StackOverflowError e) {
          throw new AssertionError(new String(text, StandardCharsets.UTF_8), e);
        }
      }
    }
  }

  @Test
  void anyManifestIsReadOrADifference() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Path file = out().resolve("_sigmax/manifest.json");
    byte[] whole = Files.readAllBytes(file);
    Configuration configuration = spark().sparkContext().hadoopConfiguration();
    org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(out().toString());
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("manifests mutated")) {
      for (int i = 0; i < (Tally.everyFault() ? 200_000 : 1_000); i++) {
        byte[] text = mutated(whole, random);
        Files.write(file, text);
        try {
          Manifest manifest = ManifestFile.read(output, configuration).orElseThrow();
          // What is read can be used: no part of it is missing.
          assertNotNull(manifest.input().files());
          assertNotNull(manifest.output().files());
          assertNotNull(manifest.checks().rowSum());
          tally.count("read");
        } catch (DifferenceException refusal) {
          tally.count("a difference");
        } catch (RuntimeException | StackOverflowError e) {
          throw new AssertionError(new String(text, StandardCharsets.UTF_8), e);
        }
      }
    }
  }
}

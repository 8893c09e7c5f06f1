package dev.sigmax.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sigmax.error.DifferenceException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Any bytes as a manifest: they are a difference, or whole and fit for use. With {@code -Pfuzz}
 * Jazzer looks for others; without, its corpus is run.
 */
class ManifestFuzzTest {
  @FuzzTest(maxDuration = "200s")
  void anyManifestIsWholeOrADifference(byte[] text) throws IOException {
    try {
      Manifest manifest =
          ManifestFile.parse(text, new Path("/output/_sigmax/manifest.json"), new Configuration());
      for (Manifest.InputEntry file : manifest.input().files()) {
        assertNotNull(file.path());
      }
      for (Manifest.PartFile file : manifest.output().files()) {
        assertNotNull(file.path());
      }
      assertNotNull(manifest.checks().rowSum());
      assertNotNull(manifest.runId());
    } catch (DifferenceException refusal) {
      assertFalse(refusal.getMessage().isBlank());
    }
  }
}

package dev.sigmax.job.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sigmax.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Any bytes as a job file: they are read or refused. With {@code -Pfuzz} Jazzer looks for others;
 * without, its corpus is run.
 */
class JobFileFuzzTest {
  @FuzzTest(maxDuration = "200s")
  void anyJobFileIsReadOrRefused(byte[] text) throws IOException {
    Path file = Files.createTempFile("sigmax-job", ".yaml");
    try {
      Files.write(file, text);
      JobSpec.of(JobFile.read(file));
    } catch (UsageException refusal) {
      assertFalse(refusal.getMessage().isBlank());
    } finally {
      Files.delete(file);
    }
  }
}

package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.LosingRun;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is killed at its master in the moment in which a job is to begin. */
class StoppedSparkTest {
  @TempDir private Path folder;

  @Test
  void aJobThatSparkLosesAsItStopsIsNotWaitedForForever() throws IOException {
    Path output = folder.resolve("out");
    Shell.Result run =
        Shell.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@conf/java-options",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=conf/log4j2.properties",
            "-cp",
            System.getProperty("java.class.path"),
            LosingRun.class.getName(),
            "score",
            "--input",
            "jobs/data/digits.parquet",
            "--output",
            output.toString(),
            "--task",
            "multiclass");
    assertEquals(7, run.code(), run.err());
    assertTrue(run.err().contains("and lost a job that was to begin"), run.err());
    assertTrue(run.err().contains("[SPARK_STOPPED]"), run.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }
}

package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink of Spark's metrics system has the metrics of a run when the process has ended. */
class MetricsIT {
  @TempDir private Path folder;

  private String count(String metric) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().endsWith(".sigmax." + metric + ".csv"))
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      assertEquals("t,count", lines.get(0));
      String last = lines.get(lines.size() - 1);
      return last.substring(last.indexOf(',') + 1);
    }
  }

  @Test
  void theSinkForCsvHasRowsAndBadRowsOfAShortRun() throws IOException {
    Path input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i::FLOAT AS logit_a, CASE WHEN i = 7 THEN 'NaN'::FLOAT ELSE 0 END AS logit_b FROM"
            + " range(100) t(i)",
        input);
    Files.createDirectory(folder.resolve("metrics"));
    Shell.Result run =
        Shell.run(
            "scripts/sigmax",
            "score",
            "--input",
            input.toString(),
            "--output",
            folder.resolve("out").toString(),
            "--task",
            "multiclass",
            "--on-bad-row",
            "null",
            "--conf",
            "spark.metrics.conf.driver.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
            "--conf",
            "spark.metrics.conf.driver.sink.csv.directory=" + folder.resolve("metrics"));
    assertEquals(0, run.code(), run.err());
    assertEquals("100", count("rows.read"));
    assertEquals("100", count("rows.written"));
    assertEquals("200", count("logits"));
    assertEquals("1", count("bad_rows.nan"));
    assertEquals("0", count("bad_rows.null"));
  }
}

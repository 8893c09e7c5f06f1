package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters whose defaults say how Spark's tasks pass on what they found. */
class SerializerIT {
  private static final String[] KRYO = {
    "--conf",
    "spark.serializer=org.apache.spark.serializer.KryoSerializer",
    "--conf",
    "spark.kryo.registrationRequired=true"
  };
  private static final String DIGITS = "jobs/data/digits.parquet";

  /** Above 16 files their footers are read by tasks. */
  private static final int FILES = 20;

  @TempDir private Path folder;

  private static Shell.Result sigmax(String[] options, String... arguments) {
    return Shell.run(
        Stream.of(new String[] {"scripts/sigmax"}, arguments, options)
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  private static String evaluated(String... options) {
    Shell.Result run =
        sigmax(options, "evaluate", DIGITS, "--task", "multiclass", "--label", "digit", "--json");
    assertEquals(0, run.code(), run.err());
    return run.out();
  }

  private String calibrated(String name, String... options) throws IOException {
    Path file = folder.resolve(name);
    Shell.Result run =
        sigmax(
            options,
            "calibrate",
            DIGITS,
            "--task",
            "multiclass",
            "--label",
            "digit",
            "--write",
            file.toString());
    assertEquals(0, run.code(), run.err());
    return Files.readString(file);
  }

  @Test
  void whatKryoCannotWriteIsMeasuredAndFittedAllTheSame() throws IOException {
    assertEquals(evaluated(), evaluated(KRYO));
    assertEquals(calibrated("plain.yaml"), calibrated("kryo.yaml", KRYO));
  }

  @Test
  void footersThatTasksReadComeBackWhateverKryoCanWrite() throws IOException {
    Path input = Files.createDirectory(folder.resolve("input"));
    for (int i = 0; i < FILES; i++) {
      Files.copy(Path.of(DIGITS), input.resolve(i + ".parquet"));
    }
    Path output = folder.resolve("output");
    Shell.Result run =
        sigmax(
            KRYO,
            "score",
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--task",
            "multiclass");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        (Long) DuckDb.value("SELECT count(*) FROM '" + input + "/*.parquet'"),
        (Long) DuckDb.value("SELECT count(*) FROM '" + output + "/*.parquet'"));
  }
}

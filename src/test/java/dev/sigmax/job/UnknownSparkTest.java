package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.HaltingRun;
import dev.sigmax.testing.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Spark that Sigmax was not tested with: this one under another version, or with less in it. */
class UnknownSparkTest extends JobTest {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";

  /** What the columnar writer makes where a task has no rows, with another constructor. */
  private static final String OTHER_WRITER =
      """
      package org.apache.spark.sql.execution.datasources;
      public abstract class EmptyDirectoryDataWriter extends FileFormatDataWriter {
        protected EmptyDirectoryDataWriter() { super(null, null, null, null); }
      }
      """;

  @BeforeEach
  void someRows() {
    input("a.parquet", THREE_ROWS);
  }

  /** Spark's version is what this folder, before its jars, says that it is. */
  private Path spark(String version) throws IOException {
    Path spark = Files.createDirectories(folder.resolve("spark"));
    Files.writeString(spark.resolve("spark-version-info.properties"), "version=" + version + "\n");
    return spark;
  }

  private Shell.Result scored(Path spark) {
    return scored(spark, other(), "auto");
  }

  private Shell.Result scored(Path spark, Path output, String engine) {
    return HaltingRun.start(
            spark + File.pathSeparator + System.getProperty("java.class.path"),
            Fault.HALT,
            0,
            "score",
            "--input",
            in().toString(),
            "--output",
            output.toString(),
            "--task",
            "multiclass",
            "--engine",
            engine)
        .await();
  }

  private Path other() {
    return folder.resolve("other");
  }

  private String manifest(String path) {
    return String.valueOf(
        DuckDb.value("SELECT " + path + " FROM '" + other() + "/_sigmax/manifest.json'"));
  }

  private void assertSameBits() {
    assertPublished(score("multiclass"));
    assertEquals(DuckDb.rows(VALUES.formatted(out())), DuckDb.rows(VALUES.formatted(other())));
  }

  @Test
  void aNewerMinorThatFitsScoresByColumnsAndWarns() throws IOException {
    Shell.Result run = scored(spark("4.77.0"));
    assertEquals(0, run.code(), run.err());
    String warning =
        "Sigmax was tested with Spark 4.0, 4.1 and 4.2, and this is Spark 4.77.0. All that Sigmax"
            + " uses of it is there.";
    assertTrue(run.err().contains(warning), run.err());
    assertTrue(manifest("warnings").contains(warning), manifest("warnings"));
    assertEquals("columnar", manifest("engine.path"));
    assertEquals("4.77.0", manifest("versions.spark"));
    assertSameBits();
  }

  @Test
  void whereAMemberIsGoneTheRowPathGivesTheSameBitsAndSaysWhy() throws IOException {
    Path spark = spark("4.77.0");
    Path source = Files.writeString(folder.resolve("EmptyDirectoryDataWriter.java"), OTHER_WRITER);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", spark.toString(), source.toString()));
    Shell.Result run = scored(spark);
    assertEquals(0, run.code(), run.err());
    String why =
        "Spark 4.77.0 lacks"
            + " org.apache.spark.sql.execution.datasources.EmptyDirectoryDataWriter.<init>(";
    assertTrue(run.err().contains("Scores are written by rows, with the same bits: " + why));
    assertEquals("row", manifest("engine.path"));
    assertTrue(manifest("engine.why").contains(why), manifest("engine.why"));
    assertSameBits();
    Path unwanted = folder.resolve("unwanted");
    Shell.Result asked = scored(spark, unwanted, "columnar");
    assertEquals(2, asked.code(), asked.err());
    assertFalse(Files.exists(unwanted));
    assertTrue(asked.err().contains("the columnar engine cannot serve this job: " + why));
    assertFalse(asked.err().contains("\tat "), asked.err());
  }

  @Test
  void aTestedSparkIsToldNothing() throws IOException {
    Shell.Result run = scored(spark("4.1.1"));
    assertEquals(0, run.code(), run.err());
    assertFalse(run.err().contains("was tested with"), run.err());
    assertEquals("[]", manifest("warnings"));
  }
}

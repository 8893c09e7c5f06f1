package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How {@code scripts/sigmax} tells little data from much before Java starts. */
class LittleDataIT extends ScriptWithTellingJava {
  /** A file of so many bytes, which take no place on the disk. */
  private Path data(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.setLength(bytes);
    }
    return file;
  }

  private boolean hasOptimisingCompiler(String... arguments) {
    return !command(arguments).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void littleDataIsScoredWithoutTheOptimisingCompiler() throws IOException {
    String little = data("in/dt=1/a.parquet", 100 << 20).toString();
    String much = data("in/dt=2/b.parquet", 300 << 20).toString();
    assertFalse(hasOptimisingCompiler("score", "--input", little, "--logits", "logit_*"));
    assertFalse(hasOptimisingCompiler("score", "--input=" + folder + "/in/dt=1/*.parquet"));
    assertFalse(hasOptimisingCompiler("verify", folder + "/in/dt=1"));
    assertFalse(hasOptimisingCompiler("history", folder + "/in"));
    assertFalse(hasOptimisingCompiler("score", "--help"));
    assertTrue(hasOptimisingCompiler("score", "--input", little, much));
    assertTrue(hasOptimisingCompiler("score", "--input", folder + "/in"));
    assertTrue(hasOptimisingCompiler("score", "--input", little, "s3a://bucket/in"));
    assertTrue(hasOptimisingCompiler("score", "--input-table", "lake.db.t", "--labels", little));
    assertTrue(hasOptimisingCompiler("score", "--master", "spark://h:1", "--input", little));
    assertTrue(hasOptimisingCompiler("score", "--input", "/nowhere"));
    List<String> off = commandIn("SIGMAX_LITTLE_DATA=off", "score", "--input", little);
    assertFalse(off.contains("-XX:TieredStopAtLevel=1"), off::toString);
  }

  @Test
  void theInputsOfAJobFileTellHowMuchDataThereIs() throws IOException {
    data("in/dt=1/a.parquet", 100 << 20);
    data("in/dt=2/b.parquet", 300 << 20);
    Files.createDirectories(folder.resolve("jobs"));
    String list =
        Files.writeString(
                folder.resolve("jobs/list.yaml"),
                "# a job\ninput:\n  - ../in/dt=${date}/*.parquet # of a day\noutput: ../in\n")
            .toString();
    assertFalse(hasOptimisingCompiler("score", list, "--set", "date=1"));
    assertTrue(hasOptimisingCompiler("score", list, "--set=date=2"));
    assertTrue(hasOptimisingCompiler("score", list, "--set", "date=3"));
    assertTrue(hasOptimisingCompiler("score", list));
    String line =
        Files.writeString(folder.resolve("jobs/line.yaml"), "task: binary\ninput: ['../in/dt=1']")
            .toString();
    assertFalse(hasOptimisingCompiler("score", line));
    assertFalse(hasOptimisingCompiler("verify", line));
    assertTrue(hasOptimisingCompiler("score", line, list, "--set", "date=2"));
    String table =
        Files.writeString(folder.resolve("jobs/table.yaml"), "input-table: lake.db.t").toString();
    assertTrue(hasOptimisingCompiler("score", table));
  }
}

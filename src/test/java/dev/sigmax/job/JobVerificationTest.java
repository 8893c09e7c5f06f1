package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code verify JOB.yaml}: whether an output is the run of a job on its inputs as they are now. */
class JobVerificationTest extends JobTest {
  private Path job(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("input: in", "output: out", "task: multiclass"));
    all.addAll(Arrays.asList(lines));
    return Files.write(folder.resolve("job.yaml"), all);
  }

  private static void assertDiffers(Program verified, String... parts) {
    assertEquals(6, verified.code(), verified.err() + verified.out());
    for (String part : parts) {
      assertTrue(verified.err().contains(part), () -> part + " is not in: " + verified.err());
    }
  }

  @Test
  void aRunOfTheJobOnItsInputsIsVerified() throws IOException {
    input("a.parquet", THREE_ROWS);
    String file = job().toString();
    assertPublished(Program.run("score", file));
    Program verified = Program.run("verify", file);
    assertEquals(0, verified.code(), verified.err());
    assertTrue(verified.out().contains("is this job's run on its inputs as they are now"));
  }

  @Test
  void aLateFileIsADifferenceThoughTheRunIdIsTheOneAskedFor() throws IOException {
    Path first = input("a.parquet", THREE_ROWS);
    String file = job("run-id: 2026-11-24").toString();
    assertPublished(Program.run("score", file));
    Path late = Files.copy(first, in().resolve("late.parquet"));
    assertDiffers(Program.run("verify", file), "the input " + late + " is new", "2026-11-24");
    Program again = Program.run("score", file);
    assertEquals(5, again.code(), again.err());
    assertTrue(again.err().contains("the input " + late + " is new"), again.err());
    assertEquals(0, Program.run("verify", out().toString(), "--run-id", "2026-11-24").code());
  }

  @Test
  void inputsThatWentOrWereWrittenToAreNamed() throws IOException {
    Path first = input("a.parquet", THREE_ROWS);
    Path second = Files.copy(first, in().resolve("b.parquet"));
    String file = job().toString();
    assertPublished(Program.run("score", file));
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
    Files.delete(second);
    assertDiffers(
        Program.run("verify", file),
        "the input " + first + " was written to: ",
        "1970-01-01T00:16:40Z now",
        "the input " + second + " is gone");
    Files.delete(first);
    assertDiffers(Program.run("verify", file), "the input " + first + " is gone");
  }

  @Test
  void optionsThatChangedAreNamedWhereverTheyCameFrom() throws IOException {
    input("a.parquet", THREE_ROWS);
    String file = job().toString();
    assertPublished(Program.run("score", file));
    assertDiffers(
        Program.run("verify", file, "--temperature", "2", "--labels", "x,y,z"),
        "labels was [a, b, c] and is [x, y, z] now",
        "temperature was 1.0 and is 2.0 now");
    Program other = Program.run("score", file, "--codec", "zstd", "--run-id", "other");
    assertEquals(5, other.code());
    assertTrue(other.err().contains("codec was snappy and is zstd now"), other.err());
    assertTrue(other.err().contains("and is other now"), other.err());
  }

  @Test
  void whatTheDataSaysIsTheSameAsSayingIt() throws IOException {
    input("a.parquet", "SELECT 1 AS id, [1, 2, 3]::FLOAT[] AS logits");
    String file = job("logits: logits").toString();
    assertPublished(Program.run("score", file));
    for (String[] options :
        List.of(
            new String[] {"--classes", "3"},
            new String[] {"--labels", "0,1,2", "--keep", "id"},
            new String[] {"--layout", "array", "--precision", "float"})) {
      String[] all =
          Stream.concat(Stream.of("verify", file), Stream.of(options)).toArray(String[]::new);
      Program verified = Program.run(all);
      assertEquals(0, verified.code(), verified.err());
    }
    assertDiffers(Program.run("verify", file, "--classes", "4"), "classes was 3 and is 4 now");
  }

  @Test
  void aPartThatIsGoneIsADifference() throws IOException {
    input("a.parquet", THREE_ROWS);
    String file = job().toString();
    assertPublished(Program.run("score", file));
    try (Stream<Path> parts = Files.list(out())) {
      Files.delete(parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    assertDiffers(Program.run("verify", file), " is gone");
  }

  @Test
  void noRunIsADifferenceAndAWrongCallIsNot() throws IOException {
    input("a.parquet", THREE_ROWS);
    String file = job().toString();
    assertDiffers(Program.run("verify", file), "no run is published");
    assertFalse(Files.exists(out()));
    assertEquals(2, Program.run("verify").code());
    assertEquals(2, Program.run("verify", out().toString(), "--temperature", "2").code());
    assertEquals(2, Program.run("verify", folder.resolve("none.yaml").toString()).code());
  }

  @Test
  void aJobWithoutAFileIsVerifiedByItsOptions() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    Program verified =
        Program.run(
            "verify",
            "--input",
            in().toString(),
            "--output",
            out().toString(),
            "--task",
            "multiclass");
    assertEquals(0, verified.code(), verified.err());
  }
}

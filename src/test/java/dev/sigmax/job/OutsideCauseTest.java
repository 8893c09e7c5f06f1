package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to a run's input or attempt is told as that, however the run failed of it. */
class OutsideCauseTest extends JobTest {
  /** The footers are read, the data is not. */
  private static final int FIRST_WRITE = 1;

  private static final int TASKS_WRITE = 4;

  private static final String MANY_ROWS =
      "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(50000) t(i)";
  private static final String FEW_ROWS =
      "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(20) t(i)";
  private static final String DOUBLES =
      "SELECT i AS id, (i % 7)::DOUBLE AS logit_a, (i % 5)::DOUBLE AS logit_b FROM range(50000) t(i)";

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private Program scoreWhile(int operation, String engine, FaultPlan.Deed deed) {
    FaultyFiles.register(spark().sparkContext().hadoopConfiguration());
    FaultPlan.planMeanwhile(operation, deed);
    return scoreToFaultyFiles("--engine", engine);
  }

  private void assertNamed(int code, String name, Program run) {
    assertTrue(FaultPlan.fired());
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains("[" + name + "]"), run.err());
    assertFalse(Files.exists(out()));
  }

  @ParameterizedTest
  @CsvSource({"columnar,few", "columnar,doubles", "row,few", "row,doubles"})
  void anInputReplacedByAnotherSoundFileChanged(String engine, String kind) throws IOException {
    Path a = input("a.parquet", MANY_ROWS);
    Path other = input("other.parquet", kind.equals("few") ? FEW_ROWS : DOUBLES);
    Path apart = folder.resolve("other.parquet");
    Files.move(other, apart);
    Program run =
        scoreWhile(
            FIRST_WRITE, engine, () -> Files.move(apart, a, StandardCopyOption.REPLACE_EXISTING));
    assertNamed(3, "INPUT_CHANGED", run);
    assertTrue(run.err().contains("a.parquet was written to"), run.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {TASKS_WRITE, TASKS_WRITE + 2, TASKS_WRITE + 4})
  void anAttemptThatIsRemovedWasTakenAway(int operation) throws IOException {
    input("a.parquet", MANY_ROWS);
    Program run =
        scoreWhile(
            operation,
            "columnar",
            () -> {
              for (Path attempt : attempts()) {
                delete(attempt);
              }
            });
    assertNamed(5, "ATTEMPT_TAKEN_AWAY", run);
    assertEquals(List.of(), attempts());
  }

  private List<Path> attempts() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(c -> c.getFileName().toString().startsWith(".out.sigmax")).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

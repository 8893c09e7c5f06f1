package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Mount;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.Shell;
import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The power goes. The disk is a file; a copy of it is what had reached the disk by then. */
class PowerLossIT {
  private static final String VALUES = "SELECT * FROM '%s/*.parquet' ORDER BY ALL";

  private static final int CUTS = 20;

  @TempDir private Path folder;
  private Path image;
  private Path input;
  private int losses;

  @BeforeEach
  void makeDiskAndInput() {
    image = folder.resolve("disk.img");
    Mount.makeDisk(image, "96m");
    input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range(100000) t(i)",
        input);
  }

  private String[] scoring(Path output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("score", "--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--task", "multiclass"));
    arguments.addAll(List.of(options));
    return arguments.toArray(new String[0]);
  }

  private List<List<Object>> publish(Path output, String... options) {
    Program run = Program.run(scoring(output, options));
    assertEquals(0, run.code(), run.err());
    return DuckDb.rows(VALUES.formatted(output));
  }

  /** What a run finds that comes after the power did; whether there is an output. */
  private boolean requireWholeAfterLossOfPower(List<List<Object>> expected) throws IOException {
    Path after = folder.resolve("after-" + ++losses + ".img");
    Files.copy(image, after);
    try (Mount disk = Mount.disk(after, folder.resolve("after-" + losses))) {
      Path found = disk.folder().resolve("out");
      if (!Files.exists(found)) {
        return false;
      }
      Program verified = Program.run("verify", found.toString());
      assertEquals(0, verified.code(), verified.err() + verified.out());
      assertEquals(expected, DuckDb.rows(VALUES.formatted(found)));
      return true;
    }
  }

  @Test
  void whatWasPublishedOutlastsALossOfPower() throws IOException {
    try (Mount disk = Mount.disk(image, folder.resolve("disk"));
        Tally tally = new Tally("power lost after a run said that it published")) {
      Path output = disk.folder().resolve("out");
      assertTrue(requireWholeAfterLossOfPower(publish(output)), "the output is lost");
      tally.count("there");
      List<List<Object>> replaced = publish(output, "--replace", "--temperature", "2");
      assertTrue(requireWholeAfterLossOfPower(replaced), "the replacement is lost");
      tally.count("there");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  void aLossOfPowerAtAnyMomentLeavesAWholeOutputOrNone() throws Exception {
    Random random = new Random(Tally.seed());
    List<List<Object>> expected = publish(folder.resolve("undisturbed"));
    try (Mount disk = Mount.disk(image, folder.resolve("disk"));
        Tally tally = new Tally("power lost at a random moment of writing")) {
      Path output = disk.folder().resolve("out");
      for (int i = 0; i < CUTS; i++) {
        Shell run = Shell.start(program(scoring(output)));
        while (attempts(disk.folder()) == 0 && run.isAlive()) {
          Thread.sleep(5);
        }
        Thread.sleep(random.nextInt(1500));
        run.signal("KILL");
        run.await();
        boolean there = requireWholeAfterLossOfPower(expected);
        tally.count(there ? "whole" : "absent");
        assertEquals(0, Shell.run("bash", "-c", "rm -rf " + disk.folder() + "/*out*").code());
        assertEquals(0, Shell.run("bash", "-c", "rm -rf " + disk.folder() + "/.out*").code());
      }
    }
  }

  private static String[] program(String... arguments) {
    List<String> command = new ArrayList<>(List.of("scripts/sigmax"));
    command.addAll(List.of(arguments));
    return command.toArray(new String[0]);
  }

  private static long attempts(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(f -> f.getFileName().toString().contains(".sigmax-staging-")).count();
    }
  }
}

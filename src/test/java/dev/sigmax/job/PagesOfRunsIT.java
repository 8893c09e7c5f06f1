package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Chromium;
import dev.sigmax.testing.Program;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of a run on real data in headless Chromium, where there is one. */
class PagesOfRunsIT extends JobTest {
  private static final int LIGHT_BACK = 0xffffff;
  private static final int DARK_BACK = 0x0f1419;
  private static final int COLOR = 0xffffff;

  private static void run(String... arguments) {
    Program program = Program.run(arguments);
    assertEquals(0, program.code(), program.err());
  }

  @Test
  void pagesOfRealRunsAreDrawnAndNothingRunsOverTheEdge() throws IOException {
    Chromium.assumeHere();
    Path evaluation = folder.resolve("evaluation.html");
    Path history = folder.resolve("history.html");
    Path runs = Files.createDirectory(folder.resolve("runs"));
    String output = runs.resolve("digits").toString();
    run("score", "jobs/digits.yaml", "--output", output);
    run("score", "jobs/digits.yaml", "--output", output + "-flat", "--temperature", "4");
    run("evaluate", output, "--label", "digit", "--html", evaluation.toString());
    run("history", runs.toString(), "--html", history.toString());
    Map<String, Path> pages =
        Map.of(
            "report",
            runs.resolve("digits/_sigmax/report.html"),
            "evaluation",
            evaluation,
            "history",
            history);
    for (Map.Entry<String, Path> page : pages.entrySet()) {
      assertFalse(Files.readString(page.getValue()).contains("file:/"), page.getKey());
      for (int width : new int[] {360, 1400}) {
        assertDrawn(page.getKey(), page.getValue(), width, false);
        assertDrawn(page.getKey(), page.getValue(), width, true);
      }
    }
  }

  private void assertDrawn(String name, Path page, int width, boolean dark) throws IOException {
    String of = name + "-" + width + (dark ? "-dark" : "-light");
    BufferedImage image = Chromium.draw(page, width, 6000, dark, folder.resolve(of + ".png"));
    int back = dark ? DARK_BACK : LIGHT_BACK;
    long drawn = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      assertEquals(back, image.getRGB(width - 2, y) & COLOR, of + " reaches the edge at " + y);
      for (int x = 0; x < width; x++) {
        drawn += (image.getRGB(x, y) & COLOR) == back ? 0 : 1;
      }
    }
    assertTrue(drawn > 20_000, of + " has " + drawn + " pixels");
  }
}

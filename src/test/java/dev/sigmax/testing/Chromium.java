package dev.sigmax.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** A browser without a window, where there is one. */
public final class Chromium {
  private Chromium() {}

  /** Skips a test where there is none. */
  public static void assumeHere() {
    assumeTrue(Shell.run("which", "chromium").code() == 0, "there is no chromium here");
  }

  /** Opens a page. */
  public static Shell.Result open(Path page, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--enable-logging=stderr"));
    command.addAll(Arrays.asList(options));
    command.add(page.toUri().toString());
    Shell.Result run = Shell.run(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return run;
  }

  /**
   * Draws a page that has nothing to say to the console.
   *
   * @param picture where to draw it
   */
  public static BufferedImage draw(Path page, int width, int height, boolean dark, Path picture)
      throws IOException {
    Shell.Result run =
        open(
            page,
            "--screenshot=" + picture,
            "--window-size=" + width + "," + height,
            "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
    assertFalse(run.err().contains("CONSOLE"), run.err());
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(width, image.getWidth());
    return image;
  }
}

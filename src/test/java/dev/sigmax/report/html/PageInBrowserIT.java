package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Chromium;
import dev.sigmax.testing.Shell;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in headless Chromium, where there is one. */
class PageInBrowserIT {
  private static final int LIGHT_BAR = 0x2f6db3;
  private static final int DARK_BAR = 0x6cb0f5;
  private static final int LIGHT_BACK = 0xffffff;
  private static final int DARK_BACK = 0x0f1419;
  private static final int COLOR = 0xffffff;

  @TempDir private Path folder;

  private static Page page() {
    Chart histogram =
        new Histogram(
            "Largest probability",
            "Rows by their largest probability.",
            IntStream.range(0, 64)
                .mapToObj(i -> new Histogram.Bin("bin " + i, (long) i * i))
                .toList(),
            List.of(new Histogram.Tick(0, "0"), new Histogram.Tick(1, "1")),
            Optional.of(new Histogram.Tick(0.5, "allowed")));
    Chart bars =
        new Bars(
            "Classes",
            "Means.",
            "Class",
            List.of("mean", "share"),
            List.of(new Bars.Row("a<b>&", List.of(0.25, 0.75), List.of("0.25", "0.75"))));
    Chart lines =
        new Lines(
            "Confidence over time",
            "Means over time.",
            "Run",
            IntStream.range(0, 5)
                .mapToObj(i -> new Lines.Point(i * i, "run " + i, "day " + i))
                .toList(),
            IntStream.range(0, Lines.MOST_SERIES).mapToObj(PageInBrowserIT::series).toList(),
            new Scale(0, 1));
    Chart reliability =
        new Reliability(
            "Reliability diagram",
            "What came true.",
            "probability",
            List.of(
                new Reliability.Series("calibrated", bins(1)),
                new Reliability.Series("uncalibrated", bins(3))));
    return new Page(
        "Run x",
        "3 rows scored, none of them bad",
        Page.Mark.GOOD,
        List.of("a remark"),
        List.of(
            new Page.Pictures(
                "Pictures", "All rows.", List.of(histogram, bars, lines, reliability)),
            new Page.Tiles("Measures", List.of(new Page.Fact("loss", "0.1234 (0.2345 before)"))),
            new Page.Facts("Facts", List.of(new Page.Fact("name", "v".repeat(500))))));
  }

  private static List<Reliability.Bin> bins(int power) {
    return IntStream.rangeClosed(0, 10)
        .mapToObj(i -> new Reliability.Bin(i / 10.0, Math.pow(i / 10.0, power), "40"))
        .toList();
  }

  private static Lines.Series series(int index) {
    List<Double> values = List.of(0.1 * index, 0.5, Double.NaN, 0.25 * index, 1.0);
    return new Lines.Series(
        "class " + index, values, values.stream().map(String::valueOf).toList());
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("report.html"), page().html());
  }

  @ParameterizedTest
  @CsvSource({"360, light", "360, dark", "1400, light", "1400, dark"})
  void picturesAreDrawnInBothSchemesAndNothingRunsOverTheEdge(int width, String scheme)
      throws IOException {
    Chromium.assumeHere();
    boolean dark = scheme.equals("dark");
    BufferedImage image = Chromium.draw(file(), width, 1200, dark, folder.resolve("picture.png"));
    int back = dark ? DARK_BACK : LIGHT_BACK;
    int bars = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      assertEquals(back, image.getRGB(width - 2, y) & COLOR, "something reaches the edge");
      for (int x = 0; x < width; x++) {
        bars += (image.getRGB(x, y) & COLOR) == (dark ? DARK_BAR : LIGHT_BAR) ? 1 : 0;
      }
    }
    assertTrue(bars > 3000, "pixels of bars: " + bars);
  }

  @Test
  void picturesHaveNamesForThoseWhoDoNotSeeThem() throws IOException {
    Chromium.assumeHere();
    Shell.Result run = Chromium.open(file(), "--dump-dom");
    assertEquals(4, run.out().split("role=\"img\"", -1).length - 1, run.out());
    assertTrue(
        run.out().contains("<title id=\"part0-0-title\">Largest probability</title>"), run.out());
    assertTrue(run.out().contains("<desc id=\"part0-1-text\">Means.</desc>"), run.out());
    assertTrue(run.out().contains("a&lt;b&gt;&amp;"), run.out());
  }
}

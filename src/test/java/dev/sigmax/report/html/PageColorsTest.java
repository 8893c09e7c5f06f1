package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The colors of pages, by the contrast of the Web Content Accessibility Guidelines. */
class PageColorsTest {
  private static final Pattern SCHEME = Pattern.compile(":root \\{([^}]*)\\}");
  private static final Pattern COLOR = Pattern.compile("--(\\w+): #([0-9a-f]{6}|[0-9a-f]{3});");

  /** The colors by name: of the light scheme, of the dark one and of paper. */
  private static List<Map<String, String>> schemes() throws IOException {
    String css =
        new String(
            Page.class.getResourceAsStream("page.css").readAllBytes(), StandardCharsets.UTF_8);
    List<Map<String, String>> schemes = new ArrayList<>();
    for (MatchResult scheme : SCHEME.matcher(css).results().toList()) {
      Map<String, String> colors = new HashMap<>();
      COLOR.matcher(scheme.group(1)).results().forEach(c -> colors.put(c.group(1), c.group(2)));
      schemes.add(colors);
    }
    return schemes;
  }

  private static double luminance(String color) {
    String six = color.length() == 6 ? color : color.replaceAll("(.)", "$1$1");
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double share = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum +=
          weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static double contrast(String one, String other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  @Test
  void blackOnWhiteHasTheContrastOfTheGuidelines() {
    assertEquals(21, contrast("000000", "fff"), 1e-12);
  }

  @Test
  void linesAndTextsStandOutFromWhatIsBehindThem() throws IOException {
    assertEquals(3, schemes().size());
    for (Map<String, String> colors : schemes()) {
      for (String behind : List.of("back", "card")) {
        Stream.of("line", "bar", "other", "third", "fourth")
            .forEach(name -> assertContrast(3, colors, name, behind));
        Stream.of("text", "quiet", "good", "look")
            .forEach(name -> assertContrast(4.5, colors, name, behind));
      }
    }
  }

  private static void assertContrast(
      double least, Map<String, String> colors, String name, String behind) {
    double contrast = contrast(colors.get(name), colors.get(behind));
    assertTrue(contrast >= least, name + " on " + behind + ": " + contrast + " in " + colors);
  }
}

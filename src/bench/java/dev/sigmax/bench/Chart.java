package dev.sigmax.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times as bars in an SVG for light and dark pages: a panel for each comparison, the fastest engine
 * first, the length of a bar in proportion to its seconds.
 */
final class Chart {
  private static final int PANEL_WIDTH = 480;
  private static final int BAR_LEFT = 136;
  private static final int LONGEST_BAR = 270;
  private static final int ROW = 24;
  private static final int HEADING = 40;
  private static final int MARGIN = 16;

  private static final String STYLE =
      """
        <style>
          text { font-family: -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 13px; fill: #1f2933 }
          .heading { font-weight: 600 }
          .engine { text-anchor: end }
          .paper { fill: #ffffff; stroke: #d5dbe1 }
          .ours { fill: #1f6f5c }
          .peer { fill: #a7b2bd }
          @media (prefers-color-scheme: dark) {
            text { fill: #e4e9ee }
            .paper { fill: #12181f; stroke: #2f3944 }
            .ours { fill: #4fb39a }
            .peer { fill: #5b6875 }
          }
        </style>
      """;

  private final Map<String, Map<String, Double>> panels;
  private final StringBuilder svg = new StringBuilder();

  private Chart(Map<String, Map<String, Double>> panels) {
    this.panels = panels;
  }

  /**
   * Arguments: a file with lines of panel, engine and seconds between tabs, and the SVG to make.
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, Map<String, Double>> panels = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("\t", -1);
        panels
            .computeIfAbsent(parts[0], panel -> new LinkedHashMap<>())
            .put(parts[1], Double.parseDouble(parts[2]));
      }
    }
    draw(panels, Path.of(arguments[1]));
  }

  /** Draws seconds by panel and engine. */
  static void draw(Map<String, Map<String, Double>> panels, Path file) throws IOException {
    Files.writeString(file, new Chart(panels).svg());
  }

  private String svg() {
    int bars = panels.values().stream().mapToInt(Map::size).max().orElse(0);
    int panelHeight = HEADING + bars * ROW;
    int height = MARGIN + (panels.size() + 1) / 2 * panelHeight;
    int width = 2 * PANEL_WIDTH;
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\""
            + " height=\"%2$d\" role=\"img\">%n",
        width, height);
    append("  <title>Seconds by engine; shorter is faster</title>%n");
    svg.append(STYLE);
    append(
        "  <rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"10\"/>%n",
        width - 1, height - 1);
    int place = 0;
    for (Map.Entry<String, Map<String, Double>> panel : panels.entrySet()) {
      panel(panel, place % 2 * PANEL_WIDTH, place / 2 * panelHeight);
      place++;
    }
    return svg.append("</svg>\n").toString();
  }

  private void panel(Map.Entry<String, Map<String, Double>> panel, int left, int top) {
    append(
        "  <text class=\"heading\" x=\"%d\" y=\"%d\">%s</text>%n",
        left + MARGIN, top + 28, escaped(panel.getKey()));
    List<Map.Entry<String, Double>> engines =
        panel.getValue().entrySet().stream()
            .sorted(Comparator.comparingDouble(Map.Entry::getValue))
            .toList();
    double slowest = engines.get(engines.size() - 1).getValue();
    int y = top + HEADING;
    for (Map.Entry<String, Double> engine : engines) {
      double length = engine.getValue() / slowest * LONGEST_BAR;
      String kind = engine.getKey().startsWith("Sigmax") ? "ours" : "peer";
      append(
          "  <text class=\"engine\" x=\"%d\" y=\"%d\">%s</text>%n",
          left + BAR_LEFT - 8, y + 14, escaped(engine.getKey()));
      append(
          "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\"/>%n",
          kind, left + BAR_LEFT, y + 1, length);
      append(
          "  <text x=\"%.1f\" y=\"%d\">%s s</text>%n",
          left + BAR_LEFT + length + 6, y + 14, seconds(engine.getValue()));
      y += ROW;
    }
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  private void append(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}

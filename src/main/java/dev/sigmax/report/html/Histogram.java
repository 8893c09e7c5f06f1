package dev.sigmax.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many rows fall into each of some neighbouring bins.
 *
 * @param ticks what stands below the bins
 * @param limit a line that values should stay on the left of
 */
public record Histogram(
    String title, String description, List<Bin> bins, List<Tick> ticks, Optional<Tick> limit)
    implements Chart {
  private static final double LEFT = 8;
  private static final double RIGHT = WIDTH - 8.0;
  private static final double TOP = 24;
  private static final double BOTTOM = 136;
  private static final double NEAR_AN_END = 0.15;

  /** The values in a bin, in words, and how many rows have them. */
  public record Bin(String values, long rows) {}

  /** A mark at a share of the width, counted from the left. */
  public record Tick(double place, String label) {}

  @Override
  public int height() {
    return 160;
  }

  private long all() {
    return bins.stream().mapToLong(Bin::rows).sum();
  }

  private long most() {
    return Math.max(1, bins.stream().mapToLong(Bin::rows).max().orElse(1));
  }

  @Override
  public void draw(Markup page) {
    double width = (RIGHT - LEFT) / bins.size();
    for (int i = 0; i < bins.size(); i++) {
      long rows = bins.get(i).rows();
      if (rows > 0) {
        // Never so low that a single row is not seen.
        double height = Math.max(1, (BOTTOM - TOP) * rows / most());
        page.shape(
            "rect",
            "class",
            "bar",
            "x",
            Chart.at(LEFT + i * width),
            "y",
            Chart.at(BOTTOM - height),
            "width",
            Chart.at(Math.max(1, width - 0.6)),
            "height",
            Chart.at(height));
      }
    }
    Chart.line(page, "axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    Chart.text(
        page,
        String.format(
            Locale.ROOT, most() == 1 ? "highest bin: %,d row" : "highest bin: %,d rows", most()),
        LEFT,
        12,
        "start");
    for (Tick tick : ticks) {
      double x = LEFT + tick.place() * (RIGHT - LEFT);
      Chart.line(page, "axis", x, BOTTOM, x, BOTTOM + 4);
      label(page, tick, x, BOTTOM + 18);
    }
    limit.ifPresent(
        tick -> {
          double x = LEFT + tick.place() * (RIGHT - LEFT);
          Chart.line(page, "limit", x, TOP - 4, x, BOTTOM);
          // Beside the line where few values should be, and legible over bars that are there.
          boolean atTheEnd = tick.place() > 1 - NEAR_AN_END;
          page.open("g", "class", "over");
          Chart.text(
              page, tick.label(), x + (atTheEnd ? -4 : 4), TOP + 8, atTheEnd ? "end" : "start");
          page.close();
        });
  }

  private static void label(Markup page, Tick tick, double x, double y) {
    String anchor =
        tick.place() < NEAR_AN_END ? "start" : tick.place() > 1 - NEAR_AN_END ? "end" : "middle";
    Chart.text(page, tick.label(), x, y, anchor);
  }

  @Override
  public List<String> columns() {
    return List.of("Values", "Rows", "Share");
  }

  @Override
  public List<List<String>> numbers() {
    List<List<String>> rows = new ArrayList<>();
    for (Bin bin : bins) {
      if (bin.rows() > 0) {
        rows.add(
            List.of(
                bin.values(),
                String.format(Locale.ROOT, "%,d", bin.rows()),
                PercentText.of(bin.rows(), all())));
      }
    }
    return rows;
  }
}

package dev.sigmax.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A reliability diagram: how often what probabilities say came true, against how probable they said
 * it was. On the diagonal both are the same.
 *
 * @param said what the probabilities are of, under the picture
 * @param series one or two ways to the probabilities, the one that counts first
 */
public record Reliability(String title, String description, String said, List<Series> series)
    implements Chart {
  private static final double LEFT = 34;
  private static final double RIGHT = WIDTH - 12.0;
  private static final double LEGEND = 18;
  private static final double SAMPLE = 20;
  private static final int TICKS = 4;
  private static final String OBSERVED = "share that came true";

  /**
   * Probabilities in bins.
   *
   * @param bins from the lowest probabilities up
   */
  public record Series(String name, List<Bin> bins) {}

  /**
   * A bin.
   *
   * @param probability the mean of its probabilities
   * @param observed the share that came true
   * @param weight how much lies in it, in words
   */
  public record Bin(double probability, double observed, String weight) {}

  private double top() {
    return LEGEND * (series.size() + 1);
  }

  private double side() {
    return RIGHT - LEFT;
  }

  private double x(double probability) {
    return LEFT + Math.max(0, Math.min(1, probability)) * side();
  }

  private double y(double share) {
    return top() + (1 - Math.max(0, Math.min(1, share))) * side();
  }

  @Override
  public int height() {
    return (int) Math.ceil(top() + side()) + 38;
  }

  @Override
  public void draw(Markup page) {
    for (int i = 0; i < series.size(); i++) {
      double y = LEGEND * i;
      Chart.line(page, "run s" + i, LEFT, y + 8, LEFT + SAMPLE, y + 8);
      Chart.text(page, series.get(i).name(), LEFT + SAMPLE + 6, y + 12, "start");
    }
    for (int i = 0; i <= TICKS; i++) {
      double share = (double) i / TICKS;
      String kind = i == 0 ? "axis" : "grid";
      Chart.line(page, kind, LEFT, y(share), RIGHT, y(share));
      Chart.line(page, kind, x(share), top(), x(share), y(0));
      Chart.text(page, Scale.text(share), LEFT - 4, y(share) + 4, "end");
      Chart.text(page, Scale.text(share), x(share), y(0) + 16, i == TICKS ? "end" : "middle");
    }
    Chart.line(page, "limit", x(0), y(0), x(1), y(1));
    Chart.text(page, OBSERVED, LEFT, top() - 6, "start");
    Chart.text(page, said, (LEFT + RIGHT) / 2, y(0) + 32, "middle");
    for (int i = series.size() - 1; i >= 0; i--) {
      draw(page, series.get(i).bins(), "s" + i);
    }
  }

  private void draw(Markup page, List<Bin> bins, String kind) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Bin bin : bins) {
      String place = Chart.at(x(bin.probability())) + " " + Chart.at(y(bin.observed()));
      path.append(path.length() == 0 ? "M" : "L").append(place);
      dots.append("M").append(place).append("h0");
    }
    if (!bins.isEmpty()) {
      page.shape("path", "class", "run " + kind, "d", path.toString());
      page.shape("path", "class", "dots " + kind, "d", dots.toString());
    }
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("Bin", "Probability", "Observed", "Weight"));
    if (series.size() > 1) {
      columns.add("By");
    }
    return columns;
  }

  @Override
  public List<List<String>> numbers() {
    List<List<String>> numbers = new ArrayList<>();
    for (Series one : series) {
      for (int i = 0; i < one.bins().size(); i++) {
        Bin bin = one.bins().get(i);
        List<String> cells =
            new ArrayList<>(
                List.of(
                    Integer.toString(i + 1),
                    Scale.text(bin.probability()),
                    Scale.text(bin.observed()),
                    bin.weight()));
        if (series.size() > 1) {
          cells.add(one.name());
        }
        numbers.add(cells);
      }
    }
    return numbers;
  }
}

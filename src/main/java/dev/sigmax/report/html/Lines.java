package dev.sigmax.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Numbers over time, a line for each series.
 *
 * @param thing what the points are, over the table
 * @param points in the order of their times, one at least
 * @param series a few lines
 * @param scale from what to what the picture goes
 */
public record Lines(
    String title,
    String description,
    String thing,
    List<Point> points,
    List<Series> series,
    Scale scale)
    implements Chart {
  /** So many lines can be told apart. */
  public static final int MOST_SERIES = 4;

  private static final int LONGEST_LABEL = 30;

  /** More dots would touch each other, and hide what lies below them. */
  private static final int MOST_DOTS = 60;

  private static final double LEFT = 8;
  private static final double RIGHT = WIDTH - 8.0;
  private static final double LEGEND = 18;
  private static final double SAMPLE = 20;
  private static final double HEIGHT = 112;
  private static final double DOT = 2.5;

  /**
   * A place on the axis of time.
   *
   * @param time in any unit
   * @param name for the table
   * @param label under the axis, of the first and the last
   */
  public record Point(double time, String name, String label) {}

  /**
   * A line.
   *
   * @param name shown as far as there is room
   * @param values one for each point; NaN where there is none, and the line is broken there
   * @param texts the same as texts
   */
  public record Series(String name, List<Double> values, List<String> texts) {}

  private double top() {
    return LEGEND * series.size() + LEGEND;
  }

  private double bottom() {
    return top() + HEIGHT;
  }

  @Override
  public int height() {
    return (int) bottom() + 24;
  }

  private double x(int point) {
    double first = points.get(0).time();
    double last = points.get(points.size() - 1).time();
    double share = last > first ? (points.get(point).time() - first) / (last - first) : 0.5;
    return LEFT + DOT + share * (RIGHT - LEFT - 2 * DOT);
  }

  private double y(double value) {
    double share = (value - scale.least()) / (scale.largest() - scale.least());
    return bottom() - Math.max(0, Math.min(1, share)) * HEIGHT;
  }

  @Override
  public void draw(Markup page) {
    Chart.line(page, "axis", LEFT, bottom(), RIGHT, bottom());
    Chart.line(page, "grid", LEFT, top(), RIGHT, top());
    for (int i = 0; i < series.size(); i++) {
      double y = LEGEND * i;
      Chart.line(page, "run s" + i, LEFT, y + 8, LEFT + SAMPLE, y + 8);
      Chart.name(page, label(i), series.get(i).name(), LEFT + SAMPLE + 6, y + 12, "start");
    }
    for (int i = 0; i < series.size(); i++) {
      draw(page, series.get(i).values(), "s" + i);
    }
    edge(page, scale.largest(), top());
    edge(page, scale.least(), bottom());
    Point last = points.get(points.size() - 1);
    if (points.get(0).time() == last.time()) {
      Chart.text(page, last.label(), WIDTH / 2.0, bottom() + 16, "middle");
    } else {
      Chart.text(page, points.get(0).label(), LEFT, bottom() + 16, "start");
      Chart.text(page, last.label(), RIGHT, bottom() + 16, "end");
    }
  }

  /**
   * The name of a line; and which line of the legend, from 1, has the same values: of two such
   * lines one lies below the other.
   */
  private String label(int line) {
    Series here = series.get(line);
    String name = names().of(here.name());
    int same = 0;
    while (!series.get(same).values().equals(here.values())) {
      same++;
    }
    boolean isDrawn = here.values().stream().anyMatch(value -> !value.isNaN());
    return same < line && isDrawn ? name + " (as line " + (same + 1) + ")" : name;
  }

  /** Names an edge, legible over the lines. */
  private static void edge(Markup page, double value, double y) {
    page.open("g", "class", "over");
    Chart.text(page, Scale.text(value), LEFT, y - 5, "start");
    page.close();
  }

  private void draw(Markup page, List<Double> values, String kind) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    boolean broken = true;
    for (int i = 0; i < values.size(); i++) {
      boolean known = !values.get(i).isNaN();
      if (known) {
        String place = Chart.at(x(i)) + " " + Chart.at(y(values.get(i)));
        path.append(broken ? "M" : "L").append(place);
        if (values.size() <= MOST_DOTS || standsAlone(values, i)) {
          // A line of no length has round ends: a dot.
          dots.append("M").append(place).append("h0");
        }
      }
      broken = !known;
    }
    if (path.length() > 0) {
      page.shape("path", "class", "run " + kind, "d", path.toString());
    }
    if (dots.length() > 0) {
      page.shape("path", "class", "dots " + kind, "d", dots.toString());
    }
  }

  /** No line begins or ends at such a value. */
  private static boolean standsAlone(List<Double> values, int at) {
    return (at == 0 || values.get(at - 1).isNaN())
        && (at == values.size() - 1 || values.get(at + 1).isNaN());
  }

  @Override
  public List<String> columns() {
    return Stream.concat(Stream.of(thing), series.stream().map(Series::name).map(names()::of))
        .toList();
  }

  private ShownNames names() {
    return ShownNames.of(series.stream().map(Series::name).toList(), LONGEST_LABEL);
  }

  @Override
  public Map<String, String> wholeNames() {
    return names().whole();
  }

  @Override
  public List<List<String>> numbers() {
    List<List<String>> numbers = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      List<String> cells = new ArrayList<>(List.of(points.get(i).name()));
      for (Series one : series) {
        cells.add(one.texts().get(i));
      }
      numbers.add(cells);
    }
    return numbers;
  }
}

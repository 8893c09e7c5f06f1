package dev.sigmax.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A bar, or several, for each of some things, one below the other.
 *
 * @param thing what the things are, over the table
 * @param series what each of a thing's bars is
 * @param rows the things; the picture shows the first few, the table all
 */
public record Bars(
    String title, String description, String thing, List<String> series, List<Row> rows)
    implements Chart {
  private static final String AS = " as ";
  private static final int SHOWN = 20;
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_IN_THE_TABLE = 80;
  private static final double BAR = 10;
  private static final double LABEL = 16;
  private static final double LEFT = 8;
  private static final double FULL = WIDTH - 100.0;

  /**
   * One thing.
   *
   * @param names what it is, or what it is and what it was taken as; shown as far as there is room
   * @param suffix what stands behind the names and is always shown; may be empty
   * @param bars how long each bar is, 0 or more; the longest of all fills the width, and so does
   *     infinity; none for NaN
   * @param values the same as texts
   */
  public record Row(List<String> names, String suffix, List<Double> bars, List<String> values) {
    /** With one name, and nothing behind it. */
    public Row(String name, List<Double> bars, List<String> values) {
      this(List.of(name), "", bars, values);
    }

    private String told(UnaryOperator<String> name) {
      return names.stream().map(name).collect(Collectors.joining(AS)) + suffix;
    }
  }

  /** What is shown of names where a row has room for so many letters. */
  private static ShownNames shown(List<Row> rows, int most) {
    int behind = rows.stream().mapToInt(row -> row.suffix().length()).max().orElse(0);
    int each = rows.stream().mapToInt(row -> row.names().size()).max().orElse(1);
    return ShownNames.of(
        rows.stream().flatMap(row -> row.names().stream()).toList(),
        Math.max(ShownNames.LEAST, (most - behind - (each - 1) * AS.length()) / each));
  }

  private List<Row> shown() {
    return rows.subList(0, Math.min(SHOWN, rows.size()));
  }

  private double rowHeight() {
    return LABEL + series.size() * (BAR + 3) + 4;
  }

  private double legend() {
    return series.size() > 1 ? 18.0 * series.size() : 0;
  }

  @Override
  public int height() {
    int more = rows.size() > SHOWN ? 18 : 0;
    return (int) Math.ceil(legend() + rowHeight() * shown().size()) + more + 4;
  }

  @Override
  public void draw(Markup page) {
    double longest =
        Math.max(
            Double.MIN_NORMAL,
            rows.stream()
                .flatMap(row -> row.bars().stream())
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .max()
                .orElse(0));
    double y = 0;
    for (int i = 0; series.size() > 1 && i < series.size(); i++) {
      rect(page, i, LEFT, y + 4, BAR);
      text(page, series.get(i), LEFT + BAR + 6, y + 13);
      y += 18;
    }
    ShownNames names = shown(shown(), LONGEST_LABEL);
    for (Row row : shown()) {
      String whole = row.told(name -> name);
      Chart.name(page, row.told(names::of), whole, LEFT, y + 12, "start");
      double barY = y + LABEL;
      for (int i = 0; i < row.bars().size(); i++) {
        double length = length(row.bars().get(i), longest);
        rect(page, i, LEFT, barY, length);
        text(page, row.values().get(i), LEFT + length + 6, barY + BAR);
        barY += BAR + 3;
      }
      y += rowHeight();
    }
    if (rows.size() > SHOWN) {
      text(page, "and " + (rows.size() - SHOWN) + " more in the table", LEFT, y + 12);
    }
  }

  /** Never so short that it is not seen. */
  private static double length(double bar, double longest) {
    return bar > 0 ? Math.max(1, FULL * Math.min(1, bar / longest)) : 0;
  }

  private static void rect(Markup page, int kind, double x, double y, double width) {
    page.shape(
        "rect",
        "class",
        kind == 0 ? "bar" : "bar other",
        "x",
        Chart.at(x),
        "y",
        Chart.at(y),
        "width",
        Chart.at(width),
        "height",
        Chart.at(BAR));
  }

  private static void text(Markup page, String text, double x, double y) {
    page.element("text", text, "x", Chart.at(x), "y", Chart.at(y), "fill", "currentColor");
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(thing));
    columns.addAll(series);
    return columns;
  }

  @Override
  public List<List<String>> numbers() {
    ShownNames names = shown(rows, LONGEST_IN_THE_TABLE);
    List<List<String>> numbers = new ArrayList<>();
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.told(names::of)));
      cells.addAll(row.values());
      numbers.add(cells);
    }
    return numbers;
  }

  @Override
  public Map<String, String> wholeNames() {
    ShownNames names = shown(rows, LONGEST_IN_THE_TABLE);
    Map<String, String> whole = new HashMap<>();
    rows.forEach(row -> whole.put(row.told(names::of), row.told(name -> name)));
    return whole;
  }
}

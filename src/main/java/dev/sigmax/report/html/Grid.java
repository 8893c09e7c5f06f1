package dev.sigmax.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much of each thing became which, as a square of shaded cells.
 *
 * @param down what the rows are
 * @param across what the columns are
 * @param labels of the rows, and in the same order of the columns; {@link #MOST} at most
 * @param cells the rows, each with a cell for each label
 */
public record Grid(
    String title,
    String description,
    String down,
    String across,
    List<String> labels,
    List<List<Cell>> cells)
    implements Chart {
  /** So many rows leave a letter's height to each. */
  public static final int MOST = 20;

  private static final double LEFT = 84;
  private static final double TOP = 44;
  private static final double SIDE = WIDTH - LEFT - 4;
  private static final int LONGEST_LABEL = 11;
  private static final int LONGEST_IN_THE_TABLE = 40;
  private static final double LETTER = 7.5;

  /**
   * A cell.
   *
   * @param share how dark it is, from 0 to 1
   * @param value what it stands for, in words
   */
  public record Cell(double share, String value) {}

  private double step() {
    return SIDE / Math.max(1, labels.size());
  }

  @Override
  public int height() {
    return (int) Math.ceil(TOP + SIDE) + 4;
  }

  @Override
  public void draw(Markup page) {
    Chart.text(page, down + " \u2193", LEFT - 6, 34, "end");
    Chart.text(page, across + " \u2192", LEFT, 12, "start");
    double step = step();
    int mostLetters = (int) (step / LETTER);
    boolean named = labels.stream().allMatch(label -> label.length() <= mostLetters);
    ShownNames shown = ShownNames.of(labels, LONGEST_LABEL);
    for (int i = 0; i < labels.size(); i++) {
      double middle = (i + 0.5) * step;
      Chart.name(page, shown.of(labels.get(i)), labels.get(i), LEFT - 6, TOP + middle + 4, "end");
      if (named) {
        Chart.text(page, labels.get(i), LEFT + middle, 34, "middle");
      }
      for (int j = 0; j < labels.size(); j++) {
        cell(page, cells.get(i).get(j).share(), LEFT + j * step, TOP + i * step, step);
      }
    }
    Chart.line(page, "axis", LEFT, TOP, LEFT + SIDE, TOP);
    Chart.line(page, "axis", LEFT, TOP, LEFT, TOP + SIDE);
  }

  private static void cell(Markup page, double share, double x, double y, double step) {
    if (share > 0) {
      page.shape(
          "rect",
          "class",
          "bar",
          // Never so light that a single row is not seen.
          "fill-opacity",
          String.format(Locale.ROOT, "%.2f", 0.12 + 0.88 * Math.min(1, share)),
          "x",
          Chart.at(x + 0.5),
          "y",
          Chart.at(y + 0.5),
          "width",
          Chart.at(step - 1),
          "height",
          Chart.at(step - 1));
    }
  }

  private ShownNames inTheTable() {
    return ShownNames.of(labels, LONGEST_IN_THE_TABLE);
  }

  @Override
  public List<String> columns() {
    ShownNames shown = inTheTable();
    return Stream.concat(Stream.of(down), labels.stream().map(shown::of)).toList();
  }

  @Override
  public List<List<String>> numbers() {
    ShownNames shown = inTheTable();
    List<List<String>> numbers = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      List<String> row = new ArrayList<>(List.of(shown.of(labels.get(i))));
      cells.get(i).forEach(cell -> row.add(cell.value()));
      numbers.add(row);
    }
    return numbers;
  }

  @Override
  public Map<String, String> wholeNames() {
    return inTheTable().whole();
  }
}

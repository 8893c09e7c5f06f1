package dev.sigmax.report.html;

import java.util.List;
import java.util.Map;

/** Tables of texts. */
final class Tables {
  private Tables() {}

  /**
   * A table with names over its columns; all but the first column hold numbers.
   *
   * @param whole names of columns and rows that are shown cut, by what is shown; a person reads
   *     them where a pointer rests on the name
   */
  static void write(
      Markup page, List<String> columns, List<List<String>> rows, Map<String, String> whole) {
    page.open("table").open("thead").open("tr");
    columns.forEach(column -> name(page, column, "col", whole));
    page.close().close().open("tbody");
    for (List<String> row : rows) {
      page.open("tr");
      name(page, row.get(0), "row", whole);
      row.stream().skip(1).forEach(cell -> page.element("td", cell));
      page.close();
    }
    page.close().close();
  }

  private static void name(Markup page, String shown, String scope, Map<String, String> whole) {
    String name = whole.getOrDefault(shown, shown);
    if (name.equals(shown)) {
      page.element("th", shown, "scope", scope);
    } else {
      String title = Texts.shortenedName(name, Chart.LONGEST_NAME);
      page.element("th", shown, "scope", scope, "title", title);
    }
  }
}

package dev.sigmax.report.html;

import java.util.List;

/** Tables of texts. */
final class Tables {
  private Tables() {}

  /** A table with names over its columns; all but the first column hold numbers. */
  static void write(Markup page, List<String> columns, List<List<String>> rows) {
    page.open("table").open("thead").open("tr");
    columns.forEach(column -> page.element("th", column, "scope", "col"));
    page.close().close().open("tbody");
    for (List<String> row : rows) {
      page.open("tr").element("th", row.get(0), "scope", "row");
      row.stream().skip(1).forEach(cell -> page.element("td", cell));
      page.close();
    }
    page.close().close();
  }
}

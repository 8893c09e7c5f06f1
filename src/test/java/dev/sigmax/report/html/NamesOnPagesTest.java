package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Long names in pictures and tables: told apart, and whole where a pointer rests on them. */
class NamesOnPagesTest {
  private static final String MIDDLE = "-a-beginning-that-all-of-them-share-".repeat(2);
  private static final String THIRD = MIDDLE + "03" + MIDDLE;
  private static final String FOURTH = MIDDLE + "14" + MIDDLE;

  private static String drawn(Chart chart) {
    Markup page = new Markup();
    chart.write(page, "id");
    return page.page();
  }

  private static void assertToldApart(Chart chart) {
    String page = drawn(chart);
    for (String pattern :
        List.of("<text [^>]*><title>([^<]+)</title>([^<]+)<", "title=\"([^\"]+)\">([^<]+)<")) {
      Matcher names = Pattern.compile(pattern).matcher(page);
      int third = 0;
      int fourth = 0;
      while (names.find()) {
        assertEquals(names.group(2).contains("03"), names.group(1).contains("03"));
        third += names.group(2).contains("03") ? 1 : 0;
        fourth += names.group(2).contains("14") ? 1 : 0;
      }
      assertTrue(third > 0 && third == fourth, third + " and " + fourth + " in " + page);
    }
  }

  @Test
  void inBars() {
    List<Double> bars = List.of(1.0);
    List<String> values = List.of("1");
    assertToldApart(
        new Bars(
            "t",
            "d",
            "Class",
            List.of("share"),
            List.of(new Bars.Row(THIRD, bars, values), new Bars.Row(FOURTH, bars, values))));
    String confused =
        drawn(
            new Bars(
                "t",
                "d",
                "Class",
                List.of("share"),
                List.of(new Bars.Row(List.of(THIRD, FOURTH), ", often", bars, values))));
    assertTrue(confused.contains("03"), confused);
    assertTrue(
        Pattern.compile("03[^<]* as [^<]*14[^<]*, often<").matcher(confused).find(), confused);
  }

  @Test
  void inAGrid() {
    Grid.Cell cell = new Grid.Cell(1, "1");
    List<List<Grid.Cell>> cells = List.of(List.of(cell, cell), List.of(cell, cell));
    assertToldApart(new Grid("t", "d", "true", "predicted", List.of(THIRD, FOURTH), cells));
  }

  @Test
  void inLines() {
    List<Double> values = List.of(1.0);
    assertToldApart(
        new Lines(
            "t",
            "d",
            "Run",
            List.of(new Lines.Point(1, "run", "day")),
            List.of(
                new Lines.Series(THIRD, values, List.of("1")),
                new Lines.Series(FOURTH, values, List.of("1"))),
            new Scale(0, 1)));
  }
}

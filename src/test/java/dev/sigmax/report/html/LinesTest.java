package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line charts, whose places were worked out by hand. */
class LinesTest {
  private static String drawn(List<Lines.Point> points, Lines.Series... series) {
    Markup page = new Markup();
    new Lines("Title", "Text.", "Run", points, List.of(series), new Scale(0, 8)).write(page, "id");
    return page.page();
  }

  private static Lines.Point at(double time) {
    return new Lines.Point(time, "run at " + time, "day " + time);
  }

  @Test
  void timeGoesToTheRightAndValuesUpInProportion() {
    String svg =
        drawn(
            List.of(at(10), at(20), at(50)),
            new Lines.Series("rows", List.of(0.0, 8.0, 2.0), List.of("0", "8", "2")));
    // From 10.5 to 309.5 in 40 units of time, and from 148 up to 36 in 8 units of values.
    assertTrue(svg.contains("d=\"M10.5 148.0L85.3 36.0L309.5 120.0\""), svg);
    assertTrue(svg.contains("viewBox=\"0 0 320 172\""), svg);
    assertTrue(svg.contains(">day 10.0</text>"), svg);
    assertTrue(svg.contains(">day 50.0</text>"), svg);
    assertFalse(svg.contains("day 20.0"), svg);
    assertTrue(svg.contains("<th scope=\"row\">run at 20.0</th><td>8</td>"), svg);
  }

  @Test
  void aValueThatIsNotKnownBreaksTheLine() {
    String svg =
        drawn(
            List.of(at(0), at(1), at(2), at(3)),
            new Lines.Series(
                "rows", List.of(8.0, Double.NaN, 8.0, 0.0), List.of("8", "", "8", "0")));
    assertTrue(svg.contains("d=\"M10.5 36.0M209.8 36.0L309.5 148.0\""), svg);
    assertEquals(2, svg.split("class=\"dots s0\"|class=\"run s0\" d", -1).length - 1, svg);
  }

  @Test
  void oneRunIsADotInTheMiddle() {
    String svg = drawn(List.of(at(7)), new Lines.Series("rows", List.of(4.0), List.of("4")));
    assertTrue(svg.contains("d=\"M160.0 92.0h0\""), svg);
  }

  @Test
  void aSeriesWithoutAnyValueHasItsNameAndNoLine() {
    String svg = drawn(List.of(at(7)), new Lines.Series("rows", List.of(Double.NaN), List.of("")));
    assertFalse(svg.contains("<path"), svg);
    assertTrue(svg.contains(">rows</text>"), svg);
  }

  @Test
  void aLineThatLiesWhollyOverAnotherSaysSo() {
    List<Double> half = List.of(0.5, 0.25);
    List<String> texts = List.of("0.5", "0.25");
    String svg =
        drawn(
            List.of(at(1), at(2)),
            new Lines.Series("cat", half, texts),
            new Lines.Series("dog", List.of(0.5, 0.75), List.of("0.5", "0.75")),
            new Lines.Series("a very long name of a bird", half, texts));
    assertTrue(svg.contains(">cat</text>"), svg);
    assertTrue(svg.contains(">dog</text>"), svg);
    assertTrue(svg.contains(">a very long name of a bird (as line 1)</text>"), svg);
    assertTrue(svg.contains("<th scope=\"col\">a very long name of a bird</th>"), svg);
    String none =
        drawn(
            List.of(at(1)),
            new Lines.Series("cat", List.of(Double.NaN), List.of("")),
            new Lines.Series("dog", List.of(Double.NaN), List.of("")));
    assertFalse(none.contains("as line"), "there are no lines");
  }

  /** Dots side by side would be a band over all that lies below. */
  @Test
  void ofHundredsOfRunsOnlyThoseHaveDotsThatNoLineLeadsTo() {
    List<Double> values =
        IntStream.range(0, 200).mapToObj(i -> i == 99 || i == 101 ? Double.NaN : 4.0).toList();
    String svg =
        drawn(
            IntStream.range(0, 200).mapToObj(LinesTest::at).toList(),
            new Lines.Series("rows", values, values.stream().map(String::valueOf).toList()));
    // Of 299 units from 10.5, 100 of 199 parts.
    assertTrue(svg.contains("class=\"dots s0\" d=\"M160.8 92.0h0\""), svg);
  }

  @ParameterizedTest
  @CsvSource({
    "0.8123, 0.9344, 0.8, 0.95",
    "0.5, 0.5, 0.4, 0.6",
    "899, 1024, 850, 1050",
    "0, 0, 0, 1",
    "-3, 3, -4, 4",
  })
  void aScaleHasRoundEdgesAroundAllValues(double a, double b, String least, String largest) {
    Scale scale = Scale.around(DoubleStream.of(a, Double.NaN, b));
    assertTrue(scale.least() <= a && b <= scale.largest() && scale.least() < scale.largest());
    assertEquals(
        least + " " + largest, Scale.text(scale.least()) + " " + Scale.text(scale.largest()));
  }

  @Test
  void aScaleFromZeroBeginsThereAndOneOfNothingIsFromZeroToOne() {
    assertEquals("0", Scale.text(Scale.fromZero(DoubleStream.of(70, 90)).least()));
    assertEquals(new Scale(0, 1), Scale.around(DoubleStream.of(Double.NaN)));
    assertEquals(new Scale(0, 1), Scale.fromZero(DoubleStream.of(0.9)));
  }
}

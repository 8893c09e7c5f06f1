package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands beside the bars of a histogram. */
class HistogramTest {
  private static String drawn(long... rows) {
    return drawn(Optional.empty(), rows);
  }

  private static String drawn(Optional<Histogram.Tick> limit, long... rows) {
    Markup page = new Markup();
    List<Histogram.Bin> bins =
        Arrays.stream(rows).mapToObj(each -> new Histogram.Bin("bin", each)).toList();
    new Histogram("Title", "Text.", bins, List.of(), limit).write(page, "id");
    return page.page();
  }

  @Test
  void theHighestBinOfOneRowHasOneRow() {
    assertTrue(drawn(0, 1, 1).contains("highest bin: 1 row<"), drawn(0, 1, 1));
    assertTrue(drawn(0, 1, 1234).contains("highest bin: 1,234 rows<"), drawn(0, 1, 1234));
  }

  /** The picture is 304 wide from 8; values lie on the left of a limit. */
  @Test
  void theNameOfALimitStandsBesideItWhereFewValuesAre() {
    String amid = drawn(Optional.of(new Histogram.Tick(0.5, "allowed")), 1, 1);
    assertTrue(amid.contains("x=\"164.0\" y=\"32.0\" text-anchor=\"start\""), amid);
    String last = drawn(Optional.of(new Histogram.Tick(1, "allowed")), 1, 1);
    assertTrue(last.contains("x=\"308.0\" y=\"32.0\" text-anchor=\"end\""), last);
  }

  @Test
  void aSmallShareIsNoPowerOfTen() {
    String table = drawn(1, 99_999_999);
    assertTrue(table.contains("<td>1</td><td>0.000001 %</td>"), table);
    assertTrue(table.contains("<td>99,999,999</td><td>99.9 %</td>"), table);
  }
}

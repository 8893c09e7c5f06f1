package dev.sigmax.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Shares as people read them. */
class PercentTextTest {
  @Test
  void noShareIsAPowerOfTen() {
    assertEquals("100 %", PercentText.of(20, 20));
    assertEquals("50.0 %", PercentText.of(10, 20));
    assertEquals("12.5 %", PercentText.of(1, 8));
    assertEquals("1.0 %", PercentText.of(17, 1700));
    assertEquals("33.3 %", PercentText.of(1, 3));
    assertEquals("0.33 %", PercentText.of(1, 300));
    assertEquals("0.00000012 %", PercentText.of(123, 100_000_000_000L));
    assertEquals("0.000000000000000011 %", PercentText.of(1, Long.MAX_VALUE));
  }

  @Test
  void onlyAllIsAHundredAndOnlyNoneIsNothing() {
    for (long all : List.of(2000L, 1_000_000L, Long.MAX_VALUE)) {
      assertEquals("99.9 %", PercentText.of(all - 1, all));
      assertEquals("100 %", PercentText.of(all, all));
      assertEquals("0 %", PercentText.of(0, all));
    }
  }
}

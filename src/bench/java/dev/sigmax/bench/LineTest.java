package dev.sigmax.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineTest {
  private static final Line SIGMAX = Line.through(1000, 2.5, 2000, 3);

  @Test
  void twoReadingsGiveTheLine() {
    assertEquals(new Line(2, 0.0005), SIGMAX);
  }

  @Test
  void aPeerIsToldByWhereItsLineCrossesOurs() {
    assertEquals("is overtaken at 2,000 rows", new Line(1, 0.001).beside(SIGMAX));
    assertEquals("is slower than Sigmax at any size", new Line(3, 0.001).beside(SIGMAX));
    assertEquals("is slower than Sigmax at any size", new Line(3, 0.0005).beside(SIGMAX));
    assertEquals("is not overtaken at any size", new Line(1, 0.0001).beside(SIGMAX));
    assertEquals("is not overtaken at any size", SIGMAX.beside(SIGMAX));
    assertEquals("overtakes Sigmax at 4,000 rows", new Line(3, 0.00025).beside(SIGMAX));
  }
}

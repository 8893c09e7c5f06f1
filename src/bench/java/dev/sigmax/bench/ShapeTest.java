package dev.sigmax.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void aShapeIsFoundAgainByItsWord() {
    for (String word :
        List.of("columns-sigmoid:float", "array-1000:double", "columns-10000:float")) {
      assertEquals(word, Shape.of(word).word());
      assertEquals(Shape.of(word), Shape.of(Shape.of(word).word()));
    }
    assertEquals(Shape.of("array-10:float"), Shape.of("array-10"));
  }

  @Test
  void rowsOfAThousandLogitsAreAHundredthOfThoseAskedFor() {
    assertEquals(400_000, Shape.of("array-1000").rows(40_000_000));
    assertEquals(40_000_000, Shape.of("array-10").rows(40_000_000));
    assertEquals(300, Shape.of("columns-10000").rows(300));
  }

  @Test
  void peersHaveNoSqlOfTenThousandColumns() {
    assertTrue(Shape.of("array-1000").hasPeers());
    assertFalse(Shape.of("columns-10000").hasPeers());
  }
}

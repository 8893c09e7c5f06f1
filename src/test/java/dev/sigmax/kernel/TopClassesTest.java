package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopClassesTest {
  private static List<Integer> classes(TopClasses top) {
    return IntStream.range(0, top.count()).mapToObj(top::classAt).toList();
  }

  private static List<Integer> sorted(double[] row, int most) {
    return IntStream.range(0, row.length)
        .boxed()
        .filter(i -> !Double.isNaN(row[i]))
        .sorted(Comparator.<Integer>comparingDouble(i -> -row[i]).thenComparing(i -> i))
        .limit(most)
        .toList();
  }

  @Test
  void classesComeAsASortWouldHaveThemEqualOnesByIndex() {
    Random random = new Random(7);
    for (int length : new int[] {1, 2, 3, 31, 32, 33, 64, 100, 1000}) {
      for (int most : new int[] {1, 2, 5, 40}) {
        TopClasses top = new TopClasses(most, Kernels.kernel());
        for (int round = 0; round < 50; round++) {
          double[] doubles = new double[length];
          float[] floats = new float[length + 3];
          for (int i = 0; i < length; i++) {
            // Few values, so that many are equal.
            floats[i + 3] = random.nextInt(20) == 0 ? Float.NaN : random.nextInt(30) / 32f;
            doubles[i] = floats[i + 3];
          }
          top.take(floats, 3, length);
          assertEquals(sorted(doubles, most), classes(top));
          top.take(doubles, 0, length);
          assertEquals(sorted(doubles, most), classes(top));
          for (int i = 0; i < top.count(); i++) {
            assertEquals(doubles[top.classAt(i)], top.probabilityAt(i));
          }
        }
      }
    }
  }
}

package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.columnar.plan.ColumnarScoringRule;
import dev.sigmax.testing.SparkTest;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** How a session comes by the functions and the columnar path. */
class SigmaxExtensionsTest extends SparkTest {
  @Test
  void sparkFindsThemOnTheClassPath() {
    assertEquals(
        1,
        ServiceLoader.load(SparkSessionExtensionsProvider.class).stream()
            .filter(provider -> provider.type() == SigmaxExtensions.class)
            .count());
  }

  @Test
  void theServiceTheSettingAndTheBuilderTogetherAreAsOne() {
    SparkSessionExtensions extensions = new SparkSessionExtensions();
    for (int times = 0; times < 3; times++) {
      new SigmaxExtensions().apply(extensions);
    }
    assertEquals(
        1,
        CollectionConverters.asJava(extensions.buildColumnarRules(spark())).stream()
            .filter(rule -> rule instanceof ColumnarScoringRule)
            .count());
  }
}

package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.kernel.rule.NonFinite;
import dev.sigmax.kernel.rule.ScoringRule;
import dev.sigmax.kernel.rule.Task;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelWarmUpTest {
  @ParameterizedTest
  @CsvSource({
    "MULTICLASS, 1",
    "MULTICLASS, 2",
    "MULTICLASS, 64",
    "MULTICLASS, 65",
    "MULTICLASS, 1000",
    "MULTILABEL, 1",
    "MULTILABEL, 85",
    "BINARY, 1"
  })
  void itScoresByTheRuleUntilItIsToldToStop(Task task, int classes) {
    ScoringRule rule =
        new ScoringRule(task, classes, 1.5, NonFinite.PROPAGATE, ScoringRule.AS_PROMISED);
    for (boolean isFloat : new boolean[] {true, false}) {
      AtomicInteger asked = new AtomicInteger();
      KernelWarmUp.run(rule, isFloat, () -> asked.incrementAndGet() <= 3);
      assertEquals(4, asked.get());
    }
  }
}

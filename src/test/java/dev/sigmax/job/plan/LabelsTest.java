package dev.sigmax.job.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.kernel.rule.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final LogitColumns ANIMALS =
      new LogitColumns(List.of("logit_cat", "logit_dog"), false, List.of("cat", "dog"));
  private static final LogitColumns ARRAY = new LogitColumns(List.of("logits"), true, List.of());

  private static List<String> labels(Task task, LogitColumns logits, int classes, String... given) {
    return Labels.of(
        task, given.length == 0 ? Optional.empty() : Optional.of(List.of(given)), logits, classes);
  }

  private static UsageException refused(
      Task task, LogitColumns logits, int classes, String... given) {
    UsageException refused =
        assertThrows(UsageException.class, () -> labels(task, logits, classes, given));
    assertEquals(ErrorName.LABELS_DO_NOT_FIT, refused.name());
    return refused;
  }

  @Test
  void givenLabelsWinOverThoseOfTheColumns() {
    assertEquals(List.of("a", "b"), labels(Task.MULTICLASS, ANIMALS, 2, "a", "b"));
    assertEquals(List.of("cat", "dog"), labels(Task.MULTILABEL, ANIMALS, 2));
  }

  @Test
  void elementsOfAnArrayAreNumberedFromZero() {
    assertEquals(List.of("0", "1", "2"), labels(Task.MULTICLASS, ARRAY, 3));
  }

  @Test
  void aBinaryTaskNamesTheNoAndTheYes() {
    LogitColumns one = new LogitColumns(List.of("logit_benign"), false, List.of("benign"));
    assertEquals(List.of("not_benign", "benign"), labels(Task.BINARY, one, 1));
    assertEquals(
        List.of("malignant", "benign"), labels(Task.BINARY, one, 1, "malignant", "benign"));
    assertEquals(List.of("not_ill", "ill"), labels(Task.BINARY, one, 1, "ill"));
    assertEquals(List.of("0", "1"), labels(Task.BINARY, ARRAY, 1));
  }

  @Test
  void anotherNumberOfLabelsThanOfLogitsIsRefusedWithBothNumbers() {
    String message = refused(Task.MULTICLASS, ARRAY, 3, "a", "b").getMessage();
    assertTrue(message.contains("2 labels for 3 logits"), message);
    refused(Task.BINARY, ARRAY, 1, "a", "b", "c");
  }

  @Test
  void twoClassesOfOneNameAreRefusedWithThatName() {
    String message = refused(Task.MULTICLASS, ARRAY, 4, "a", "b", "c", "b").getMessage();
    assertEquals("two classes have the same label: b.", message);
    refused(Task.BINARY, ARRAY, 1, "a", "a");
  }
}

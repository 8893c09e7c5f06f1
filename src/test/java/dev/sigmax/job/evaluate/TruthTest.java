package dev.sigmax.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.job.evaluate.Truth.Reading;
import dev.sigmax.kernel.rule.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {
  /** The index of the class that a text names, or -1 for a text that names none. */
  private static int binary(List<String> labels, String text) {
    Truth truth = new Truth(Task.BINARY, Truth.Form.CLASS, labels);
    return truth.read(Arrays.asList(text)) == Reading.KNOWN ? truth.index() : -1;
  }

  @Test
  void aFlagIsTheYesOrTheNoOfClassesWithNamesOfTheirOwn() {
    for (List<String> labels :
        List.of(List.of("malignant", "benign"), List.of("not_1", "1"), List.of("0", "1"))) {
      for (String no : List.of("0", "0.0", "-0.0", "false")) {
        assertEquals(0, binary(labels, no), labels + " " + no);
      }
      for (String yes : List.of("1", "1.000", "true")) {
        assertEquals(1, binary(labels, yes), labels + " " + yes);
      }
    }
  }

  /** As a single column logit_0 calls it: its 0 would be a yes by its name, its 1 by its flag. */
  @Test
  void aFlagIsNoClassWhereItsOppositeIsTheNameOfTheSame() {
    List<String> labels = List.of("not_0", "0");
    assertEquals(1, binary(labels, "0"));
    assertEquals(0, binary(labels, "not_0"));
    assertEquals(-1, binary(labels, "1"));
    assertEquals(-1, binary(labels, "1.0"));
    assertEquals(0, binary(List.of("1", "0"), "1.0"));
    assertEquals(-1, binary(List.of("true", "other"), "false"));
  }

  /** The second label is that of the yes, whatever it says: a 1 for a "false" would be counted. */
  @Test
  void aNumberIsNoClassWhereTheLabelsNameTheYesFirst() {
    for (List<String> labels :
        List.of(List.of("true", "false"), List.of("yes", "no"), List.of("Yes", "No"))) {
      for (String flag : List.of("1", "0", "1.0", "-0.0")) {
        assertEquals(-1, binary(labels, flag), labels + " " + flag);
      }
      assertEquals(0, binary(labels, labels.get(0)));
      assertEquals(1, binary(labels, labels.get(1)));
    }
    assertEquals(-1, binary(List.of("yes", "no"), "true"));
    for (List<String> labels : List.of(List.of("false", "true"), List.of("no", "yes"))) {
      assertEquals(1, binary(labels, "1"), labels.toString());
      assertEquals(0, binary(labels, "0"), labels.toString());
    }
  }

  @Test
  void trueAndFalseAreTheYesAndTheNoWhateverNumbersTheClassesAreCalled() {
    assertEquals(1, binary(List.of("not_0", "0"), "true"));
    assertEquals(0, binary(List.of("not_0", "0"), "false"));
  }

  private static String refusal(Truth.Form form, String... texts) {
    Truth truth = new Truth(Task.MULTILABEL, form, List.of("even", "prime"));
    assertEquals(Reading.UNKNOWN, truth.read(Arrays.asList(texts)));
    return truth.unknown();
  }

  @Test
  void whatIsNoTruthIsToldAsWhatItIs() {
    assertEquals(
        "the value yes is neither 1 or true nor 0 or false", refusal(Truth.Form.FLAGS, "1", "yes"));
    assertEquals("the array has 1 element for 2 labels", refusal(Truth.Form.FLAGS, "1"));
    assertEquals("the label odd is no class", refusal(Truth.Form.NAMES, "even", "odd"));
  }
}

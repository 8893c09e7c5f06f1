package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import org.junit.jupiter.api.Test;

/** The probability of a yes under a name that reads as a no. */
class YesLabelTest extends JobTest {
  private void oneLogitIn(String column) {
    input("a.parquet", "SELECT i, (i - 5)::DOUBLE AS " + column + " FROM range(10) t(i)");
  }

  private String warnings() {
    return manifest().at("/warnings").toString();
  }

  @Test
  void aSingleLogitNumberedZeroIsWarnedOf() {
    oneLogitIn("logit_0");
    assertPublished(score("binary"));
    String told =
        "the label 0 reads as a no, and its probability is that of the yes, the sigmoid of logit_0."
            + " Name the no and the yes, in this order: --labels no,yes.";
    assertTrue(warnings().contains(told), warnings());
    assertPublished(score("multilabel", "--replace"));
    assertTrue(warnings().contains("or take --task binary --labels no,yes."), warnings());
  }

  @Test
  void labelsInTheWrongOrderAreWarnedOf() {
    oneLogitIn("logit");
    assertPublished(score("binary", "--logits", "logit", "--labels", "True,False"));
    assertTrue(warnings().contains("the label False reads as a no"), warnings());
  }

  @Test
  void namesThatSayWhatTheyAreAreNotWarnedOf() {
    oneLogitIn("logit_0");
    assertPublished(score("binary", "--labels", "no,yes"));
    assertEquals("[]", warnings());
    assertPublished(score("binary", "--labels", "0,1", "--replace"));
    assertEquals("[]", warnings());
    input(
        "a.parquet",
        "SELECT i, (i - 5)::DOUBLE AS logit_1, (i % 3)::DOUBLE AS logit_0 FROM range(10) t(i)");
    assertPublished(score("multilabel", "--replace"));
    assertEquals("[]", warnings());
  }

  @Test
  void theSumOfSigmoidsHasNoToleranceInADryRun() {
    oneLogitIn("logit_a");
    Program planned = score("multilabel", "--dry-run");
    assertPublished(planned);
    assertTrue(!planned.out().contains("sum-tolerance"), planned.out());
    Program judged = score("binary", "--dry-run");
    assertTrue(judged.out().contains("sum-tolerance"), judged.out());
  }
}

package dev.sigmax.job;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads an output may not tell cases apart, and would take one column for the other. */
class OutputColumnNamesTest extends JobTest {
  @ParameterizedTest
  @ValueSource(strings = {"PROB_A", "Row_Sum", "ROW_ISSUE", "Prediction", "TOP_K"})
  void aKeptColumnThatDiffersFromAnOutputsInCaseAloneIsRefused(String name) {
    input("a.parquet", "SELECT 1 AS \"" + name + "\", 1::FLOAT AS logit_a, 2::FLOAT AS logit_b");
    assertRefused(
        2,
        score("multiclass", "--add", "prediction,top_k=1", "--keep", name),
        "the kept column " + name,
        "(" + name.toLowerCase(Locale.ROOT) + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROBABILITIES", "Margin"})
  void thatOfAnArrayToo(String name) {
    input("a.parquet", "SELECT 1 AS \"" + name + "\", [1, 2]::FLOAT[] AS logits");
    assertRefused(
        2,
        score("multiclass", "--logits", "logits", "--add", "margin", "--keep", name),
        "the kept column " + name,
        "(" + name.toLowerCase(Locale.ROOT) + ")");
  }
}

package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.DOUBLE;
import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.DuckDb;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

/** Nulls and lists of other lengths in Arrow files are bad rows, as they are in Parquet. */
class ArrowBadRowsTest extends JobTest {
  @Test
  void nullsAreNulls() {
    List<List<Object>> rows =
        List.of(
            Arrays.asList(1, 1.5f, 2f, "a"),
            Arrays.asList(2, null, 2f, null),
            Arrays.asList(null, 3f, -1f, "c"));
    new ArrowJava()
        .column("id", INT)
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .column("name", TEXT)
        .file(in().resolve("a.arrow"), rows);
    assertPublished(score("multiclass", "--on-bad-row", "null", "--max-bad-rows", "1"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            Arrays.asList(1, "a", null),
            Arrays.asList(2, null, "null"),
            Arrays.asList(null, "c", null)),
        outputRows("id, name, row_issue"));
    assertEquals(1, manifest().at("/bad_row_samples/0/row").asInt());
    assertTrue(
        manifest().at("/bad_row_samples/0/file").asText().endsWith("a.arrow"),
        manifest()::toString);
  }

  @Test
  void aNullListHasNoLogitsThoughItsPlaceHasSome() {
    for (ArrowType kind :
        new ArrowType[] {
          new ArrowType.FixedSizeList(2), new ArrowType.List(), new ArrowType.ListView()
        }) {
      new ArrowJava()
          .column("id", INT)
          .lists("scores", kind, FLOAT)
          .file(
              in().resolve("a.arrow"),
              List.of(
                  Arrays.asList(1, List.of(0f, 0f)),
                  Arrays.asList(2, null),
                  Arrays.asList(3, List.of(2f, 2f)),
                  Arrays.asList(4, Arrays.asList(null, 1f))));
      assertPublished(
          score(
              "multiclass",
              "--logits",
              "scores",
              "--on-bad-row",
              "quarantine",
              "--max-bad-rows",
              "2",
              "--replace"));
      assertEquals(
          List.of(List.of(1, "[0.5, 0.5]"), List.of(3, "[0.5, 0.5]")),
          outputRows("id, probabilities::VARCHAR"));
      assertEquals(
          List.of(Arrays.asList(2, null), Arrays.asList(4, "[NULL, 1.0]")),
          DuckDb.rows(
              "SELECT id, scores::VARCHAR FROM '" + out() + "/_quarantine/*.parquet' ORDER BY id"));
    }
  }

  @Test
  void listsOfDifferentLengthsAreBadRows() {
    new ArrowJava()
        .column("id", INT)
        .lists("scores", new ArrowType.List(), DOUBLE)
        .batches(2)
        .file(
            in().resolve("a.arrow"),
            List.of(
                Arrays.asList(1, List.of(1.0, 1.0)),
                Arrays.asList(2, List.of()),
                Arrays.asList(3, List.of(1.0, 2.0, 3.0)),
                Arrays.asList(4, List.of(0.0, 0.0))));
    assertPublished(
        score(
            "multiclass",
            "--logits",
            "scores",
            "--classes",
            "2",
            "--on-bad-row",
            "null",
            "--max-bad-rows",
            "2"));
    assertEngine("columnar");
    assertEquals(
        List.of(
            Arrays.asList(1, null),
            Arrays.asList(2, "empty"),
            Arrays.asList(3, "length"),
            Arrays.asList(4, null)),
        outputRows("id, row_issue"));
  }
}

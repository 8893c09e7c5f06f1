package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Labels that a person may mean otherwise than they are read. */
class EvaluateLabelsTest extends JobTest {
  @Test
  void aNumberBesideLabelsInTheWrongOrderIsRefusedWithTheirMeaning() {
    input("a.parquet", "SELECT i % 2 AS truth, sin(i) AS logit FROM range(9) t(i)");
    Program run =
        Program.run(
            "evaluate",
            in().toString(),
            "--label",
            "truth",
            "--logits",
            "logit",
            "--labels",
            "true,false");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.err().contains("the label 0 is no class"), run.err());
    assertTrue(run.err().contains("the classes are true (the no) and false (the yes)"), run.err());
  }

  @Test
  void aMultilabelRowWithANullAmongItsLabelsIsLeftOutWhole() throws IOException {
    input(
        "a.parquet",
        "SELECT i % 2 = 0 AS is_a, IF(i = 2, NULL, i > 4) AS is_b, sin(i) AS logit_a, cos(i) AS"
            + " logit_b FROM range(8) t(i)");
    Path page = folder.resolve("page.html");
    Program run =
        Program.run("evaluate", in().toString(), "--label", "is_a,is_b", "--html", page.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("labelled    7\n"), run.out());
    assertTrue(
        run.out().contains("unlabelled  1, null in the label or among the labels: left out"),
        run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("1 row has no label, or a null among the labels: left out."), html);
  }
}

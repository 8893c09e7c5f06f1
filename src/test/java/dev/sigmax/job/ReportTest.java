package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The page of a run. */
class ReportTest extends JobTest {
  private static final String ROWS =
      "SELECT i AS id, (hash(i) % 2000 / 100.0 - 10)::FLOAT AS logit_a, (hash(i + 7) % 9)::FLOAT AS"
          + " logit_b FROM range(3000) t(i)";

  private Path report() {
    return out().resolve("_sigmax/report.html");
  }

  private String page() throws IOException {
    return Files.readString(report());
  }

  /** The part of the page that tells of the scores. */
  private static String scores(String page) {
    int from = page.indexOf("What was scored");
    int to = page.indexOf("Input and time");
    assertTrue(from > 0 && to > from, page);
    return page.substring(from, to);
  }

  /** Replaces the run while the page of each that is found there is made, so many times. */
  private ReportJob besideReplacements(int replacements, AtomicInteger pages) {
    return new ReportJob(
        out().toString(),
        spark().sparkContext().hadoopConfiguration(),
        (manifest, output) -> {
          int page = pages.incrementAndGet();
          if (page <= replacements) {
            assertPublished(
                Program.run(
                    "score",
                    "--input",
                    in().toString(),
                    "--output",
                    out().toString(),
                    "--task",
                    "multiclass",
                    "--replace",
                    "--run-id",
                    "run-" + page));
          }
          return "the page of " + manifest.runId();
        });
  }

  @Test
  void aRunThatTookThePlaceWhileThePageWasMadeHasItsOwn() throws IOException {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--run-id", "run-0"));
    AtomicInteger pages = new AtomicInteger();
    besideReplacements(2, pages).run();
    assertEquals("the page of run-2", page());
    assertEquals(3, pages.get());
  }

  @Test
  void aRunThatNeverStaysHasNoPageMadeAgain() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--run-id", "run-0"));
    ReportJob report = besideReplacements(Integer.MAX_VALUE, new AtomicInteger());
    InputException refusal = assertThrows(InputException.class, report::run);
    assertEquals(ErrorName.OUTPUT_NOT_FOUND, refusal.name());
    assertTrue(refusal.getMessage().contains("was replaced or went"), refusal.getMessage());
  }

  @Test
  void everyRunHasAPageWithItsVerdictThatNoReaderTakesForData() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass"));
    String page = page();
    assertTrue(page.contains("<h1 class=\"good\">3,000 rows scored, none of them bad</h1>"), page);
    for (String shown :
        List.of("Largest probability", "Margin", "Entropy", "Classes", "row sums", "a.parquet")) {
      assertTrue(page.contains(shown), shown);
    }
    assertTrue(Files.size(report()) < 300_000);
    assertEquals(3000, spark().read().parquet(out().toString()).count());
    assertEquals(0, Program.run("verify", out().toString()).code());
  }

  @Test
  void saturationIsSaidInWordsAndDrawnAlsoWhereThereIsNone() throws IOException {
    input("a.parquet", "SELECT 0::FLOAT AS logit_a, 1::FLOAT AS logit_b FROM range(3) t(i)");
    assertPublished(score("multiclass"));
    assertTrue(page().contains("no probability that was counted is exactly 0 or exactly 1"));
    // exp(-1000) is far below the least double: of these rows a is 0, and b is 1.
    input(
        "a.parquet",
        "SELECT (CASE WHEN i < 2 THEN -1000 ELSE 0 END)::FLOAT AS logit_a, 1::FLOAT AS logit_b"
            + " FROM range(5) t(i)");
    assertPublished(score("multiclass", "--replace"));
    String page = page();
    assertTrue(page.contains("2 counted probabilities are exactly 0, and 2 are exactly 1"), page);
    for (String row :
        List.of(
            "exactly 0</th><td>2</td>",
            "between 0 and 1</th><td>6</td>",
            "exactly 1</th><td>2</td>")) {
      assertTrue(page.contains(row), row);
    }
  }

  @Test
  void aRunThatMovedSaysSoAndIsGoodOnlyWhereALimitHasJudgedIt() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass", "--run-id", "the-first"));
    String earlier = Files.move(out(), folder.resolve("earlier")).toString();
    assertPublished(score("multiclass", "--compare-to", earlier));
    assertTrue(
        page()
            .contains(
                "<h1 class=\"good\">3,000 rows scored, none of them bad; nothing moved since run"
                    + " the-first</h1>"),
        page());
    assertPublished(
        score("multiclass", "--replace", "--temperature", "9", "--compare-to", earlier));
    assertTrue(
        page()
            .contains(
                "<h1 class=\"look\">3,000 rows scored, none of them bad; since run the-first "));
    assertTrue(page().contains(">Against run the-first</h2>"), page());
    assertTrue(page().contains(" moved furthest, psi "), page());
    assertPublished(
        score(
            "multiclass",
            "--replace",
            "--temperature",
            "8",
            "--compare-to",
            earlier,
            "--max-drift",
            "psi=99"));
    assertTrue(page().contains("<h1 class=\"good\">"), page());
  }

  @Test
  void aRunToLookAtSaysWhyInItsVerdict() throws IOException {
    input("a.parquet", "SELECT i, (i - 5)::DOUBLE AS logit_0 FROM range(10) t(i)");
    assertPublished(score("binary"));
    assertTrue(
        page().contains("<h1 class=\"look\">10 rows scored, none of them bad; 1 warning</h1>"),
        page());
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass"));
    String page = page();
    for (String loading : List.of("src=", "href=", "url(", "@import", "<script", "<link", "http")) {
      assertFalse(page.replace("http-equiv", "").contains(loading), loading);
    }
  }

  @Test
  void badRowsAreInTheVerdictByIssue() throws IOException {
    input("a.parquet", THREE_ROWS + " UNION ALL SELECT 4, NULL, 1, 1");
    assertPublished(score("multiclass", "--on-bad-row", "quarantine"));
    String page = page();
    assertTrue(page.contains("<h1 class=\"look\">4 rows scored, 1 of them bad</h1>"), page);
    assertTrue(page.contains("null: "), page);
    assertTrue(page.contains("_quarantine"), page);
  }

  @Test
  void picturesAreTheSameWhateverThePartitioning() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass"));
    String whole = scores(page());
    input("a.parquet", ROWS + " WHERE i < 700");
    input("b.parquet", ROWS + " WHERE i >= 700");
    assertPublished(score("multiclass", "--replace"));
    assertEquals(whole, scores(page()));
    assertPublished(score("multiclass", "--replace", "--engine", "row"));
    assertEquals(whole, scores(page()));
  }

  @Test
  void namesOfAnyCharactersAreTextInThePage() throws IOException {
    String hostile = "<script>alert(1)</script>\"'&";
    input("<img src=x>.parquet", THREE_ROWS);
    assertPublished(
        score("multiclass", "--labels", "\"" + hostile.replace("\"", "\"\"") + "\",\u202Eb,c"));
    String page = page();
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("<img"), page);
    assertFalse(page.contains("\u202E"), page);
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), page);
    assertTrue(page.contains("&lt;img src=x&gt;.parquet"), page);
  }

  @Test
  void thePageOfALargeRunStaysSmall() throws IOException {
    for (int file = 0; file < 130; file++) {
      input(
          "a-very-long-name-of-a-file-that-goes-on-and-on-" + file + ".parquet",
          "SELECT [i::FLOAT for i in range(900)] AS logits");
    }
    assertPublished(score("multilabel", "--logits", "logits", "--engine", "columnar"));
    assertTrue(Files.size(report()) < 300_000, () -> "the page is too large");
    assertTrue(page().contains("The first 100 classes"));
  }

  @Test
  void thePageIsLeftOutAndMadeAgainFromTheManifest() throws IOException {
    input("a.parquet", ROWS);
    assertPublished(score("multiclass"));
    String page = page();
    Files.delete(report());
    Program again = Program.run("report", out().toString());
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("_sigmax/report.html"), again.out());
    assertEquals(page, page());
    assertPublished(score("multiclass", "--no-report", "--replace", "--temperature", "2"));
    assertFalse(Files.exists(report()));
    assertEquals(0, Program.run("report", out().toString()).code());
    assertTrue(page().contains("Largest probability"));
    Program none = Program.run("report", folder.resolve("nothing").toString());
    assertEquals(3, none.code(), none.err());
  }

  @Test
  void anEmptyRunHasAPageToo() throws IOException {
    input("a.parquet", ROWS + " WHERE i < 0");
    assertPublished(score("binary", "--logits", "logit_a"));
    assertTrue(page().contains("0 rows scored"));
    assertEquals(List.of(List.of(0L)), DuckDb.rows("SELECT count(*) FROM " + output()));
  }
}

package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page of a run that was compared with an earlier one. */
class DriftPageTest extends ComparedRuns {
  @Test
  void thePageIsDrawnAgainWhenTheEarlierRunIsGone() throws IOException {
    rows(0, 1000);
    assertPublished(scoreTo("day1", "multiclass"));
    rows(1, 1000);
    assertPublished(
        scoreTo("day2", "multiclass", "--compare-to", "latest", "--max-drift", "psi=9"));
    Path report = at("day2").resolve("_sigmax/report.html");
    String page = Files.readString(report);
    for (String shown :
        List.of(
            "Against run " + manifest("day1").get("run_id").asText(),
            "How far each quantity moved",
            "probability of c",
            "Share of predictions, then and now",
            "Logits, then and now",
            "The job allows psi=9.0")) {
      assertTrue(page.contains(shown), shown);
    }
    org.apache.commons.io.FileUtils.deleteDirectory(at("day1").toFile());
    Files.delete(report);
    assertEquals(0, Program.run("report", at("day2").toString()).code());
    assertEquals(page, Files.readString(report));
    assertPublished(scoreTo("day3", "multiclass"));
    assertFalse(
        Files.readString(at("day3").resolve("_sigmax/report.html")).contains("Against run"));
  }

  @Test
  void thePageOfAThousandClassesWithLongNamesStaysSmall() throws IOException {
    String rows =
        "SELECT [(hash(i * 1000 + j + %d) %% 1000 / 100.0)::FLOAT for j in range(1000)] AS logits"
            + " FROM range(200) t(i)";
    String labels =
        IntStream.range(0, 1000)
            .mapToObj(i -> "<a name that goes on and on & on> ".repeat(3) + i)
            .collect(Collectors.joining(","));
    input("a.parquet", rows.formatted(0));
    assertPublished(scoreTo("day1", "multiclass", "--logits", "logits", "--labels", labels));
    input("a.parquet", rows.formatted(7));
    assertPublished(
        scoreTo(
            "day2",
            "multiclass",
            "--logits",
            "logits",
            "--labels",
            labels,
            "--compare-to",
            "latest"));
    assertEquals(1000, drift("day2").at("/distances/probabilities/psi").size());
    Path page = at("day2").resolve("_sigmax/report.html");
    assertTrue(Files.readString(page).contains("Against run "));
    assertTrue(Files.size(page) < 300_000, () -> page + " is too large");
  }
}

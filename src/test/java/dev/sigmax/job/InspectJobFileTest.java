package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The job file that inspect writes: score takes it as it is. */
class InspectJobFileTest extends JobTest {
  private Program write(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("inspect", in().toString(), "--write-job", path("job.yaml")));
    arguments.addAll(List.of(more));
    return Program.run(arguments.toArray(new String[0]));
  }

  private void assertScores(String query, long rows) throws IOException {
    input("a.parquet", query);
    Program written = write("--replace");
    assertEquals(0, written.code(), written.err());
    Program scored = Program.run("score", path("job.yaml"), "--replace");
    assertEquals(0, scored.code(), () -> query + ": " + scored.err());
    assertEquals(
        rows, DuckDb.value("SELECT count(*) FROM '" + path("in-probabilities") + "/*.parquet'"));
  }

  @Test
  void everyKindOfInputGivesAJobThatIsScored() throws IOException {
    Map<String, Long> inputs = new TreeMap<>();
    inputs.put(THREE_ROWS, 3L);
    inputs.put("SELECT 1 AS id, [1::FLOAT, 2::FLOAT] AS \"odd, name*\"", 1L);
    inputs.put("SELECT {'no': 1::FLOAT, 'yes': 2::FLOAT} AS scores, 7 AS id", 1L);
    inputs.put(
        "SELECT {'size': 2, 'values': [1::DOUBLE, 2::DOUBLE]} AS \"rawPrediction\", 7 AS id", 1L);
    inputs.put("SELECT {'name': 'x', 'z_a': 1::FLOAT, 'z_b': 2::FLOAT} AS m", 1L);
    inputs.put("SELECT 1.5::DOUBLE AS logit, uuid() AS key, 'x' AS row_issue", 1L);
    inputs.put("SELECT [-i::FLOAT, i::FLOAT] AS raw FROM range(40) t(i)", 40L);
    inputs.put(
        "SELECT [1.5::FLOAT, IF(i = 1, 'nan'::FLOAT, 1::FLOAT)] AS z FROM range(9) t(i)", 8L);
    inputs.put("SELECT IF(i = 1, [1::FLOAT], [1::FLOAT, 2::FLOAT]) AS z FROM range(9) t(i)", 8L);
    inputs.put("SELECT 1::FLOAT AS logit_x, 2::FLOAT AS logit_y, 3 AS prob_x", 1L);
    inputs.put("SELECT 1::DECIMAL(9,2) AS score_x, 2::DECIMAL(9,2) AS score_y", 1L);
    for (Map.Entry<String, Long> input : inputs.entrySet()) {
      assertScores(input.getKey(), input.getValue());
    }
  }

  @Test
  void filesThatDifferGiveAJobOnWhatTheyShare() throws IOException {
    input(
        "b.parquet",
        "SELECT 1::DOUBLE AS logit_a, 2::DOUBLE AS logit_b, 3::DOUBLE AS logit_c, 4 AS id, 'x' AS promo");
    assertScores(THREE_ROWS, 4);
    assertTrue(Files.readString(Path.of(path("job.yaml"))).contains("precision: double"));
  }

  @Test
  void thePairsOfALogisticRegressionGiveItsProbabilities() throws IOException {
    assertScores("SELECT i, [-i / 7::DOUBLE, i / 7::DOUBLE] AS raw FROM range(40) t(i)", 40);
    double probability =
        (Double)
            DuckDb.value(
                "SELECT probabilities[2] FROM '"
                    + path("in-probabilities")
                    + "/*.parquet' WHERE i = 14");
    assertEquals(1 / (1 + Math.exp(-2)), probability, 1e-15);
  }

  @Test
  void aFileThatIsThereIsNotWrittenOver() throws IOException {
    input("a.parquet", THREE_ROWS);
    Files.writeString(Path.of(path("job.yaml")), "mine");
    Program refused = write();
    assertEquals(5, refused.code(), refused.err());
    assertTrue(
        refused.err().contains("job.yaml exists") && refused.err().contains("--replace"),
        refused.err());
    assertEquals("mine", Files.readString(Path.of(path("job.yaml"))));
    assertEquals(0, write("--replace").code());
    assertTrue(Files.readString(Path.of(path("job.yaml"))).contains("task: "));
  }

  @Test
  void aPlaceThatCannotBeIsRefused() {
    input("a.parquet", THREE_ROWS);
    Program missing = Program.run("inspect", in().toString(), "--write-job", path("no/job.yaml"));
    assertEquals(5, missing.code(), missing.err());
    Program within = Program.run("inspect", in().toString(), "--write-job", path("in/job.yaml"));
    assertEquals(2, within.code(), within.err());
    assertFalse(Files.exists(in().resolve("job.yaml")));
  }

  @Test
  void whereThereAreNoLogitsThereIsNoJob() {
    input("a.parquet", "SELECT 1 AS id, 'x' AS name");
    Program none = write();
    assertEquals(3, none.code(), none.err());
    assertTrue(none.err().contains("NO_JOB_FOUND"), none.err());
    assertFalse(Files.exists(Path.of(path("job.yaml"))));
  }

  @Test
  void machinesGetOneObject() throws IOException {
    input("a.parquet", THREE_ROWS);
    Program run = write("--json");
    JsonNode object = new ObjectMapper().readTree(run.out());
    assertEquals(
        List.of("files", "columns", "differences", "candidates", "looks_wrong", "job", "job_file"),
        names(object));
    assertEquals(
        List.of(
            "count",
            "bytes",
            "rows",
            "row_groups",
            "written_by",
            "codecs",
            "partitions",
            "skipped"),
        names(object.get("files")));
    assertEquals(
        List.of("name", "type", "kept", "why_not_kept", "encodings", "nulls", "range"),
        names(object.at("/columns/0")));
    assertEquals(
        List.of(
            "logits",
            "classes",
            "type",
            "columns",
            "sample",
            "layout",
            "tasks",
            "likely_task",
            "label",
            "labels",
            "why_no_label",
            "not_looked_at"),
        names(object.at("/candidates/0")));
    assertEquals(
        List.of("rows", "of", "range", "nulls", "nan", "pos_inf", "neg_inf", "lengths"),
        names(object.at("/candidates/0/sample")));
    assertEquals(
        "[1,3]",
        List.of(
                object.at("/columns/0/range/min").asInt(),
                object.at("/columns/0/range/max").asInt())
            .toString()
            .replace(" ", ""));
    assertEquals(path("job.yaml"), object.get("job_file").asText());
    assertEquals("logit_*", object.at("/job/logits").asText());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void whatModelsAreFedWithIsNotTakenForTheirLogits() throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, [i, i + 7, 2 * i] AS input_ids, [sin(i), cos(i), 0.5]::FLOAT[] AS embedding,"
            + " sin(i) * 9 AS score_no, cos(i) * 9 AS score_yes FROM range(50) t(i)");
    Path job = folder.resolve("job.yaml");
    Program run = Program.run("inspect", in().toString(), "--write-job", job.toString());
    assertEquals(0, run.code(), run.err());
    String text = Files.readString(job);
    assertTrue(
        text.contains(
            "# the likeliest; these may be logits too: input_ids, embedding\nlogits: score_*\n"),
        text);
  }

  @Test
  void whatElseMayBeLogitsIsNamed() throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, [sin(i), cos(i)]::FLOAT[] AS first, [cos(i), sin(i)]::FLOAT[] AS second,"
            + " [sin(i) * 9, cos(i)]::FLOAT[] AS raw_logits FROM range(50) t(i)");
    Path job = folder.resolve("job.yaml");
    Program run = Program.run("inspect", in().toString(), "--write-job", job.toString());
    assertEquals(0, run.code(), run.err());
    String text = Files.readString(job);
    assertTrue(
        text.contains(
            "# the likeliest; these may be logits too: first, second\nlogits: raw_logits\n"),
        text);
  }

  /**
   * A job that calls it 0 is warned of, and its output cannot be held against a truth of 0 and 1.
   */
  @Test
  void aSingleLogitNumberedZeroIsTheLogitOfTheYes() throws IOException {
    input(
        "a.parquet",
        "SELECT i AS id, sin(i) * 5 AS logit_0, (sin(i) > 0)::INT AS y FROM range(1, 91) t(i)");
    assertEquals(0, write().code());
    String job = Files.readString(folder.resolve("job.yaml"));
    assertTrue(
        job.replace("\n# ", " ")
            .contains(
                "logit_0 is taken for the logit of the yes, whose column would else be prob_0."
                    + " Name what the no and the yes are, in this order"),
        job);
    Program scored = Program.run("score", path("job.yaml"));
    assertEquals(0, scored.code(), scored.err());
    assertFalse(scored.err().contains("reads as a no"), scored.err());
    String output = path("in-probabilities");
    assertEquals(
        90L,
        DuckDb.value(
            "SELECT count(*) FROM '" + output + "/*.parquet' WHERE (prob_yes > 0.5) = (y = 1)"));
    Program evaluated = Program.run("evaluate", output, "--label", "y", "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(1.0, new ObjectMapper().readTree(evaluated.out()).get("accuracy").asDouble());
  }

  /** It may be the logit of the no, which would be written as the probability of the yes. */
  @Test
  void aSingleLogitNamedNoIsNotCalledYes() throws IOException {
    for (String no : List.of("no", "false")) {
      input("a.parquet", "SELECT i AS id, sin(i) * 5 AS logit_" + no + " FROM range(1, 91) t(i)");
      assertEquals(0, write("--replace").code());
      String job = Files.readString(folder.resolve("job.yaml"));
      assertFalse(job.contains("labels:"), job);
      Program scored = Program.run("score", path("job.yaml"), "--replace");
      assertEquals(0, scored.code(), scored.err());
      String warnings = Files.readString(folder.resolve("in-probabilities/_sigmax/manifest.json"));
      assertTrue(warnings.contains("the label " + no + " reads as a no"), warnings);
    }
  }

  @Test
  void whyNoColumnIsTakenForTheTruthIsTold() {
    input(
        "a.parquet",
        "SELECT i AS id, i % 2 AS coin, sin(i * i) * 5 AS logit_0 FROM range(90) t(i)");
    assertToldOfNoTruth("id, coin agree with the logits hardly more often than by chance");
    input("a.parquet", "SELECT i % 2 AS coin, sin(i * i) AS logit_0 FROM range(9) t(i)");
    assertToldOfNoTruth("there are fewer than 20 sampled rows to tell by");
    input("a.parquet", "SELECT 'x' || i AS note, [sin(i), cos(i)] AS logits FROM range(90) t(i)");
    assertToldOfNoTruth(
        "beside the logits there is no column of whole numbers, booleans or names of classes");
  }

  private void assertToldOfNoTruth(String why) {
    Program run = Program.run("inspect", in().toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().contains("  label    no column looks like the truth: " + why + "\n"), run.out());
  }
}

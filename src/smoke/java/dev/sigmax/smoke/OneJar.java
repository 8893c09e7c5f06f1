package dev.sigmax.smoke;

import static dev.sigmax.Functions.argmax;
import static dev.sigmax.Functions.logsumexp;
import static dev.sigmax.Functions.softmax;

import dev.sigmax.cli.Sigmax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What people do with the jar, once each, on whichever Spark and Java it runs on: prints a line for
 * each with what it gave, digests of bits among it. Started by spark-submit without a setting of
 * ours; scripts/spark-versions compares the lines.
 */
public final class OneJar {
  private static final String ALL_TYPES =
      "SELECT id, CAST(id AS INT) i, CAST(id AS SMALLINT) s, CAST(id % 100 AS TINYINT) t, id % 3 = 0 b,"
          + " CAST(id AS DECIMAL(9,2)) d9, CAST(id AS DECIMAL(38,10)) d38,"
          + " CAST(id AS STRING) text, CAST(CAST(id AS STRING) AS BINARY) bytes,"
          + " DATE'1990-01-01' + CAST(id AS INT) day,"
          + " TIMESTAMP_SECONDS(id * 1000) at, CAST(TIMESTAMP_SECONDS(id) AS TIMESTAMP_NTZ) local,"
          + " CASE WHEN id % 7 > 0 THEN id END gaps,"
          + " CAST(SIN(id) * 9 AS FLOAT) logit_a, CAST(COS(id) * 9 AS FLOAT) logit_b,"
          + " CAST(SIN(id * 7) * 9 AS FLOAT) logit_c FROM RANGE(0, 500, 1, 2)";

  private static final String NESTED =
      "SELECT id, ARRAY(id, id + 1) list, STRUCT(id AS a, CAST(id AS STRING) AS b) pair,"
          + " MAP(id, -id) map, CAST(SIN(id) AS DOUBLE) logit_a, CAST(id AS DOUBLE) logit_b"
          + " FROM RANGE(0, 50, 1, 1)";

  /** Rows of every issue, from literals: no library of numbers has a part in them. */
  private static final String BAD_ROWS =
      "SELECT id, CAST(a AS FLOAT) logit_a, CAST(b AS FLOAT) logit_b FROM VALUES (1, 0.5, 1.5),"
          + " (2, DOUBLE('NaN'), 1D), (3, DOUBLE('Infinity'), 1D), (4, NULL, 1D),"
          + " (5, DOUBLE('-Infinity'), DOUBLE('-Infinity')), (6, DOUBLE('-Infinity'), 1D),"
          + " (7, 88.5D, -88.5D) AS t(id, a, b)";

  private final Path folder;
  private final Map<String, String> digests = new HashMap<>();
  private int failures;

  private OneJar(Path folder) {
    this.folder = folder;
  }

  /** A step gives what it found, or fails. */
  private interface Step {
    String run() throws Exception;
  }

  /** Runs all steps in a folder of its own; exits with 1 if one failed. */
  public static void main(String[] arguments) throws IOException {
    OneJar smoke = new OneJar(Files.createDirectories(Path.of(arguments[0])));
    // Nothing says spark.sql.extensions: the jar on the class path is enough.
    SparkSession session = SparkSession.builder().getOrCreate();
    smoke.runAll();
    session.stop();
    if (smoke.failures > 0) {
      System.exit(1);
    }
  }

  private void runAll() {
    step("version", () -> program("--version"));
    for (String engine : List.of("row", "columnar")) {
      step("columns, " + engine, () -> scored("jobs/digits.yaml", engine));
      step("arrays, " + engine, () -> scored("jobs/digits_array.yaml", engine));
      step("multilabel, " + engine, () -> scored("jobs/traits.yaml", engine));
      step("binary, " + engine, () -> scored("jobs/tumours.yaml", engine));
      step("kept types, " + engine, () -> scoredTable("types", ALL_TYPES, engine));
    }
    step("nested kept", () -> scoredTable("nested", NESTED, "auto"));
    step("quarantine", this::quarantined);
    step("nulls, limits", this::limited);
    step("inspect", () -> BitsOfRows.digest(program("inspect", "jobs/data/digits.parquet")));
    step("verify", this::verified);
    step("functions, SQL", this::functions);
    step("functions, Java", this::javaFunctions);
    step("functions, catalog", this::catalogFunctions);
    step("functions, views", this::views);
    step("functions, written by columns", this::writtenByColumns);
  }

  private void step(String name, Step step) {
    String found;
    try {
      found = "ok\t" + step.run();
    } catch (Exception | Error e) {
      failures++;
      found = "FAILED\t" + String.valueOf(e).lines().findFirst().orElse("");
      e.printStackTrace();
    }
    System.out.println("smoke\t" + name + "\t" + found);
  }

  private String out(String name, String engine) {
    return folder.resolve(name.replaceAll("\\W", "-") + "-" + engine).toString();
  }

  private String scored(String job, String engine) {
    String out = out(job, engine);
    program("score", job, "--output", out, "--engine", engine);
    return same(job, digest(out));
  }

  private String scoredTable(String name, String query, String engine, String... options) {
    Path input = folder.resolve(name);
    if (!Files.exists(input)) {
      SparkSession.active().sql(query).write().parquet(input.toString());
    }
    String out = out(name, engine);
    List<String> arguments =
        new ArrayList<>(
            List.of("score", "--input", input.toString(), "--output", out, "--engine", engine));
    arguments.addAll(options.length > 0 ? List.of(options) : List.of("--task", "multiclass"));
    program(arguments.toArray(new String[0]));
    return same(name + String.join(" ", options), digest(out));
  }

  /** The digest, which has to be that of the same job by another engine. */
  private String same(String job, String digest) {
    String before = digests.putIfAbsent(job, digest);
    if (before != null && !before.equals(digest)) {
      throw new IllegalStateException("rows give " + before + ", columns give " + digest);
    }
    return digest;
  }

  private String quarantined() {
    String rows =
        scoredTable(
            "bad",
            BAD_ROWS,
            "auto",
            "--task",
            "multiclass",
            "--on-bad-row",
            "quarantine",
            "--max-bad-rows",
            "7");
    return rows + " " + digest(out("bad", "auto") + "/_quarantine");
  }

  private String limited() {
    return scoredTable(
        "bad",
        BAD_ROWS,
        "columnar",
        "--task",
        "multiclass",
        "--on-bad-row",
        "null",
        "--max-bad-rows",
        "7",
        "--non-finite",
        "limit");
  }

  private String verified() {
    String out = out("jobs/digits.yaml", "columnar");
    program("verify", out);
    program("verify", "jobs/digits.yaml", "--output", out, "--engine", "columnar");
    return "the same";
  }

  private String functions() {
    return digest(
        SparkSession.active()
            .read()
            .parquet("jobs/data/digits_array.parquet")
            .selectExpr(
                "softmax(logits)",
                "softmax(logits, temperature => 2.0)",
                "log_softmax(logits)",
                "logsumexp(logits)",
                "argmax(logits)",
                "cross_entropy(logits, 3)",
                "sigmoid(logits[0], 1.5D)",
                "log_sigmoid(logits[1])",
                "binary_cross_entropy(logits[2], 1)"));
  }

  private String javaFunctions() {
    Column logits = functions.col("logits");
    return digest(
        SparkSession.active()
            .read()
            .parquet("jobs/data/digits_array.parquet")
            .select(softmax(logits), softmax(logits, 2), argmax(logits), logsumexp(logits)));
  }

  private String catalogFunctions() {
    SparkSession session = SparkSession.active().newSession();
    session.conf().set("spark.sql.catalog.sigmax", "dev.sigmax.function.SigmaxCatalog");
    Dataset<Row> digits = session.read().parquet("jobs/data/digits_array.parquet");
    digits.createOrReplaceTempView("digits");
    return digest(digits.select(functions.call_function("sigmax.softmax", functions.col("logits"))))
        + " "
        + digest(
            session.sql(
                "SELECT sigmax.softmax(logits, temperature => 2) p, count(*) FROM digits"
                    + " GROUP BY sigmax.softmax(logits, temperature => 2)"));
  }

  private String views() {
    SparkSession session = SparkSession.active();
    session.read().parquet("jobs/data/digits_array.parquet").createOrReplaceTempView("digits");
    session.sql("CREATE OR REPLACE TEMP VIEW scored AS SELECT softmax(logits) AS p FROM digits");
    session.sql(
        "CREATE OR REPLACE TEMPORARY FUNCTION cooler(z ARRAY<FLOAT>) RETURNS ARRAY<FLOAT>"
            + " RETURN softmax(z, 0.5D)");
    return digest(session.sql("SELECT p FROM scored WHERE p[0] > 0.1"))
        + " "
        + digest(session.sql("SELECT cooler(logits) FROM digits"));
  }

  private String writtenByColumns() throws IOException {
    String out = folder.resolve("by-columns").toString();
    SparkSession.active()
        .read()
        .parquet("jobs/data/digits_array.parquet")
        .selectExpr("image_id", "softmax(logits) AS p")
        .write()
        .parquet(out);
    try (Stream<Path> files = Files.list(Path.of(out))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains("sigmax.engine")) {
          throw new IllegalStateException("written by rows: " + file);
        }
      }
    }
    return digest(out);
  }

  private static String digest(String path) {
    return digest(SparkSession.active().read().parquet(path));
  }

  private static String digest(Dataset<Row> rows) {
    return BitsOfRows.digest(rows);
  }

  /** Runs the program, which has to succeed, in this process; gives what it printed. */
  private static String program(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Sigmax.run(
            arguments,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IllegalStateException(
          "exit code " + code + ": " + err.toString(StandardCharsets.UTF_8).strip());
    }
    return out.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
  }
}

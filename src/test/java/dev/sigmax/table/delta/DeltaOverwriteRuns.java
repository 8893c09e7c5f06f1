package dev.sigmax.table.delta;

import dev.sigmax.testing.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** Tests of runs that replace the rows of a day. */
abstract class DeltaOverwriteRuns extends DeltaTest {
  /** What {@link #LOGITS} of a day come to. */
  static final String DAYS = COLUMNS.replace("id INT", "id INT, dt STRING");

  static final String LOGITS =
      "SELECT * FROM (VALUES (1, 1.5::FLOAT, 2::FLOAT, -1::FLOAT), (2, 0::FLOAT, 0::FLOAT,"
          + " 0::FLOAT)) t(id, logit_a, logit_b, logit_c)";

  /** Logits of a day in a folder of a version, whose ids are so many times 1 and 2. */
  void day(String day, String version, int times) {
    input(
        version + "/" + day + "/a.parquet",
        LOGITS
            .replace("*", "*, '" + day + "' AS dt")
            .replace("(1,", "(" + times + ",")
            .replace("(2,", "(" + 2 * times + ","));
  }

  Program overwrite(String day, String version, String... options) {
    return run(day, version, "dt = '" + day + "'", options);
  }

  Program run(String day, String version, String where, String... options) {
    return Program.run(arguments(day, version, where, options).toArray(new String[0]));
  }

  List<String> arguments(String day, String version, String where, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "score",
                "--input",
                path("in/" + version + "/" + day),
                "--task",
                "multiclass",
                "--output-table",
                table,
                "--write-mode",
                "overwrite",
                "--where",
                where));
    all.addAll(Arrays.asList(options));
    return all;
  }

  /** The days and ids as Delta's own reader for Spark has them. */
  List<String> ids() {
    return delta.sql("SELECT dt, id FROM " + table + " ORDER BY dt, id").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  static boolean hasParts(Path run) {
    String[] parts = run.toFile().list((parent, file) -> file.startsWith("part-"));
    return parts != null && parts.length > 0;
  }
}

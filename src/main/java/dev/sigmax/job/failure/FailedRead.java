package dev.sigmax.job.failure;

import dev.sigmax.arrow.WholeFile;
import dev.sigmax.error.Causes;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.ColumnNames;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.LogitReader;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.output.publish.Attempts;
import dev.sigmax.parquet.reference.PageDecoder;
import dev.sigmax.spark.SessionSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Why Spark failed on an input file: the file is damaged, or it is sound and beyond the reader. The
 * file itself tells, read from front to back: the pages of Parquet by parquet-java.
 */
public sealed interface FailedRead {

  /** The file is damaged. */
  record Damaged(InputException exception) implements FailedRead {}

  /**
   * The file is sound.
   *
   * @param what Spark's reader says
   */
  record Unsupported(String file, String what) implements FailedRead {
    /** Why to read by rows. */
    public String reason() {
      return "Spark's vectorized reader cannot read " + file + " (" + what + ")";
    }

    /** The exception where its row reader cannot read the file either. */
    public InputException exception(Optional<String> column, boolean logit, Exception failure) {
      return new InputException(
          ErrorName.FILE_UNSUPPORTED,
          "Spark cannot read "
              + column.map(name -> "the column " + name + " of ").orElse("")
              + "the input file "
              + file
              + " ("
              + what
              + "). Every page of it can be decoded, so it is not damaged, and DuckDB and others"
              + " may read it. "
              + (logit
                  ? "Write the column again in another way."
                  : "Leave the column out with --keep, or write it again in another way."),
          failure);
    }
  }

  /** How many columns are read one by one, each by a Spark job. */
  int MOST_COLUMNS = 100;

  /** The last cause in a stack trace that came as text. */
  Pattern ROOT = Pattern.compile("(?s).*Caused by: ([\\w.$]+)");

  /**
   * What is wrong with the input file on which Spark failed; empty where it failed on something
   * else. A file that Spark does not name is found by reading the input again.
   *
   * @param output where the job writes, or null where it does not
   */
  static Optional<FailedRead> find(
      SparkSession spark, InputTable table, Path output, Exception failure) {
    if (FailureExplainer.isOfSparkAlone(failure) || spark.sparkContext().isStopped()) {
      return Optional.empty();
    }
    Optional<String> named = FailureExplainer.unreadableFile(failure);
    if (named.isPresent()) {
      return output != null && Attempts.isOf(new Path(named.get()).getParent(), output)
          ? Optional.empty()
          : of(spark, table, named.get(), failure);
    }
    if (!(failure instanceof SparkException)
        || (output != null && FailureExplainer.explain(failure, output) != null)) {
      return Optional.empty();
    }
    return firstOf(spark, table, output);
  }

  /**
   * What is wrong with the first file that cannot be read. By halves: of thousands of files each is
   * read about once, but by a dozen Spark jobs.
   */
  private static Optional<FailedRead> firstOf(SparkSession spark, InputTable table, Path output) {
    List<InputFile> files = table.snapshot().files();
    while (!files.isEmpty()) {
      int half = (files.size() + 1) / 2;
      List<InputFile> read = files.subList(0, half);
      Optional<Exception> failure = failureOf(spark, table, read);
      if (failure.isEmpty()) {
        files = files.subList(half, files.size());
      } else if (spark.sparkContext().isStopped()
          || FailureExplainer.isOfSparkAlone(failure.get())) {
        return Optional.empty();
      } else if (read.size() > 1) {
        files = read;
      } else {
        return of(spark, table, read.get(0), output, failure.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<Exception> failureOf(
      SparkSession spark, InputTable table, List<InputFile> files) {
    try {
      LogitReader.read(spark, table, files).write().format("noop").mode("overwrite").save();
      return Optional.empty();
    } catch (Exception e) {
      // Spark throws checked exceptions that its methods do not declare.
      return Optional.of(e);
    }
  }

  private static Optional<FailedRead> of(
      SparkSession spark, InputTable table, InputFile file, Path output, Exception failure) {
    Optional<FailedRead> found = of(spark, table, file.path(), failure);
    return found.isEmpty()
            && FailureExplainer.unreadable(failure, output) instanceof InputException unreadable
        ? Optional.of(new Damaged(unreadable))
        : found;
  }

  private static Optional<FailedRead> of(
      SparkSession spark, InputTable table, String file, Exception failure) {
    if (isOfFileSystem(failure)) {
      return Optional.empty();
    }
    Set<String> columns = new LinkedHashSet<>(List.of(table.columns().fieldNames()));
    try {
      Configuration configuration = SessionSettings.hadoop(spark);
      Optional<String> problem =
          switch (table.format()) {
            case PARQUET -> PageDecoder.problem(file, columns, table.lookup().ids(), configuration);
            case ARROW -> WholeFile.problem(file, columns, configuration);
          };
      return Optional.of(
          problem.isPresent()
              ? damaged(file, problem.get(), failure)
              : new Unsupported(file, rootOf(failure).lines().findFirst().orElse("")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static FailedRead damaged(String file, String problem, Exception failure) {
    return new Damaged(
        new InputException(
            ErrorName.FILE_UNREADABLE,
            "cannot read the input file "
                + file
                + ": "
                + problem
                + ". It is damaged, or no longer what it was. Write it again.",
            failure));
  }

  /**
   * The column on which the reader fails, found by reading one after the other; empty where there
   * are too many for that.
   */
  static Optional<String> column(SparkSession spark, InputTable table, String file) {
    if (table.columns().length() > MOST_COLUMNS) {
      return Optional.empty();
    }
    List<InputFile> files =
        table.snapshot().files().stream()
            .filter(
                f -> new Path(f.path()).toUri().getPath().equals(new Path(file).toUri().getPath()))
            .toList();
    for (InputFile input : files) {
      for (String name : table.columns().fieldNames()) {
        Dataset<Row> rows = LogitReader.read(spark, table, List.of(input));
        try {
          rows.select(ColumnNames.column(name)).write().format("noop").mode("overwrite").save();
        } catch (Exception e) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  /** The file may be whole: it could not be fetched. What Parquet says it says at run time. */
  private static boolean isOfFileSystem(Throwable failure) {
    Throwable root = Causes.root(failure);
    if (root instanceof IOException) {
      return true;
    }
    Matcher text = ROOT.matcher(String.valueOf(root.getMessage()));
    return text.lookingAt() && text.group(1).startsWith("java.io.");
  }

  private static String rootOf(Throwable failure) {
    Throwable root = Causes.root(failure);
    return Arrays.stream(new String[] {root.getMessage(), root.getClass().getSimpleName()})
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElse("");
  }
}

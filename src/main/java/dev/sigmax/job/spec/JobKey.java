package dev.sigmax.job.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every key of a job file, and so every option of {@code score}: one list, so that the two cannot
 * differ.
 */
public enum JobKey {
  INPUT(Form.TEXTS, "PATH...", "Parquet or Arrow files, folders, or globs of them"),
  INPUT_TABLE(Form.TEXT, "CATALOG.DB.TABLE", "an Iceberg or Delta table to read, instead of files"),
  AS_OF(
      Form.TEXT,
      "NUMBER|TIME",
      "the input-table as it was: the number of a snapshot or version, or a moment such as 2026-11-21T06:00:00Z"),
  OUTPUT(Form.TEXT, "PATH", "the folder to publish; must not exist (see --replace)"),
  OUTPUT_TABLE(
      Form.TEXT,
      "CATALOG.DB.TABLE",
      "an Iceberg or Delta table that gets the rows, in one commit, instead of a folder"),
  WRITE_MODE(
      Form.CHOICE,
      "append|overwrite",
      "add the rows to those of the output-table, or put them in the place of those that --where"
          + " picks; default append"),
  WHERE(
      Form.TEXT,
      "CONDITION",
      "the rows of the output-table that overwrite replaces, such as \"dt = '2026-11-21'\"; true for"
          + " all"),
  TASK(
      Form.CHOICE,
      "multiclass|multilabel|binary",
      "one of many classes (softmax of the row), several independent labels (sigmoid of each), or"
          + " one yes or no (both tails of a sigmoid)"),
  LOGITS(
      Form.COLUMNS,
      "COLUMNS",
      "a glob over scalar columns (* is the class name), a comma-separated list, one array column,"
          + " or one struct of numbers; default logit_*"),
  RAW_LAYOUT(
      Form.CHOICE,
      "margin|pair|doubled_margin|per_class",
      "what the numbers of a row are: the log-odds m of a binary task; (-m, m); (-m, m) where the"
          + " log-odds are 2m; or a logit for each class; default margin for a binary task, else"
          + " per_class"),
  LABELS(
      Form.COLUMNS,
      "NAMES",
      "class names in logit order; default from the column names, else 0,1,…"),
  CLASSES(
      Form.NUMBER,
      "N",
      "how many logits a row has; default from the columns, the labels or a sample"),
  KEEP(Form.COLUMNS, "COLUMNS", "columns to copy to the output; default all that are not logits"),
  ALLOW_MISSING(
      Form.COLUMNS, "COLUMNS", "kept columns that some files may lack; their rows get null"),
  LAYOUT(
      Form.CHOICE,
      "columns|array|none",
      "how the probabilities are laid out; none leaves them out, with --add; default as the input"),
  PRECISION(Form.CHOICE, "float|double", "type of the probabilities; default as the input"),
  TEMPERATURE(Form.NUMBER, "T", "logits are divided by it first; default 1"),
  CALIBRATION(Form.TEXT, "FILE", "what the command calibrate wrote, applied to the logits first"),
  ON_BAD_ROW(Form.CHOICE, "fail|quarantine|null", "what to do with a bad row; default fail"),
  MAX_BAD_ROWS(
      Form.NUMBER, "N|P%", "publish nothing if more rows are bad; default 0 with fail, else 50%"),
  NON_FINITE(
      Form.CHOICE,
      "reject|limit|propagate",
      "what to do with NaN and infinite logits; default reject"),
  SUM_TOLERANCE(
      Form.NUMBER, "auto|X", "how far a row's sum may be from 1; default auto, the promised bound"),
  CODEC(Form.CHOICE, "snappy|zstd|none", "compression of the output; default snappy"),
  RUN_ID(Form.TEXT, "ID", "name of the run; default derived from the inputs and the job"),
  REPLACE(
      Form.FLAG, "", "publish over an existing output, which stays until the new one is in place"),
  INCREMENTAL(
      Form.FLAG,
      "",
      "score the input files that no run under the output has seen yet, into a folder run=N of it"),
  DRY_RUN(Form.FLAG, "", "check everything, write nothing, and print the plan"),
  ENGINE(
      Form.CHOICE,
      "auto|row|columnar",
      "how to score: by column batches, by rows, or whichever fits; default auto"),
  ADD(
      Form.COLUMNS,
      "COLUMNS",
      "columns to add, any of prediction, confidence, top_k=N, margin and entropy"),
  THRESHOLD(
      Form.NUMBER,
      "P",
      "probability from which a label is predicted, in binary and multilabel tasks; default 0.5"),
  THRESHOLDS(Form.MAP, "LABEL=P,...", "thresholds of single labels"),
  COMPARE_TO(
      Form.TEXT,
      "OUTPUT|latest",
      "an earlier run to compare with, or the last one published beside the output"),
  MAX_DRIFT(
      Form.MAP,
      "psi=X,js=Y",
      "publish nothing if anything moved further since that run, by the population stability index"
          + " or the Jensen-Shannon distance"),
  NO_REPORT(Form.FLAG, "", "leave out the page for people, _sigmax/report.html");

  /** What a value looks like. */
  public enum Form {
    /** One text. */
    TEXT,
    /** One text or a list of them. */
    TEXTS,
    /** A list of names, or a text that stands for columns. */
    COLUMNS,
    /** One of the values in the placeholder. */
    CHOICE,
    /** A number, or a text that stands for one. */
    NUMBER,
    /** Keys with a number each; on the command line a comma list of {@code key=number}. */
    MAP,
    /** True or false; on the command line, there or not. */
    FLAG
  }

  private final Form form;
  private final String placeholder;
  private final String meaning;

  JobKey(Form form, String placeholder, String meaning) {
    this.form = form;
    this.placeholder = placeholder;
    this.meaning = meaning;
  }

  /** As it stands in a job file and, after two dashes, on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a value looks like. */
  public Form form() {
    return form;
  }

  /** What stands for a value in the help. */
  public String placeholder() {
    return placeholder;
  }

  /** What it means, for the help. */
  public String meaning() {
    return meaning;
  }

  /** The values of a choice. */
  List<String> choices() {
    return Arrays.asList(placeholder.split("\\|"));
  }
}

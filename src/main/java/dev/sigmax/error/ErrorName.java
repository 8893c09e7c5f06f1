package dev.sigmax.error;

/**
 * The catalogue of what can go wrong: a name that stays the same however its message is worded, for
 * alerts, searches and tests.
 */
public enum ErrorName {
  COMMAND_LINE("The command line has a command, an option or a value that Sigmax does not know."),
  OPTION_MISSING("An option that a job needs is not given."),
  OPTION_UNKNOWN("A job file has a key that Sigmax does not know."),
  OPTION_VALUE("An option has a value that it does not take."),
  OPTIONS_CONFLICT("Options contradict each other."),
  JOB_FILE("A job file is missing, or cannot be read as one."),
  TEMPLATE_NOT_FILLED("A path or a run id still holds a placeholder."),
  COLUMN_LIST("A list of columns, or a glob, cannot be read as one."),
  TASK_DOES_NOT_FIT("The task does not fit the number of logits."),
  LABELS_DO_NOT_FIT("The labels do not fit the classes, or each other."),
  CLASSES_UNKNOWN("The data does not tell how many logits a row has."),
  ENGINE_DOES_NOT_FIT("The engine that was asked for cannot serve the job."),
  CALIBRATION_DOES_NOT_FIT("A calibration is of another task, or of other classes."),
  RUNS_NOT_COMPARABLE("The run to compare with is of another task, or of other classes."),
  NOTHING_TO_VERIFY("No output and no job is named."),
  NOTHING_TO_EXPLAIN("No scores are typed, and no output is named."),
  WHERE_CONDITION("A condition cannot be asked of the rows."),
  SPARK_DOES_NOT_START("A setting keeps Spark from starting."),
  SPARK_NOT_SERVED("There is no Spark, or one that Sigmax does not run on."),
  SPARK_DOES_NOT_FIT(
      "A library lacks what Sigmax was built with, or the cluster runs another Spark than the driver."),
  MASTER_NOT_SERVED("Sigmax does not run on this master."),
  SPARK_LOCAL_FOLDERS("Spark can write in none of its local folders."),
  OUTPUT_PATH("The output is not a path that can be written."),
  OUTPUT_INSIDE_INPUT("The output is inside the input, or the input inside the output."),
  OUTPUT_STORE_NOT_SERVED("The output's store, or its settings, cannot publish in one step."),
  TABLE_LIBRARY_MISSING("The library that tables take is not on Spark's class path."),
  TABLE_LIBRARY_UNFIT("The library that tables take does not fit the Spark that runs."),
  TABLE_NOT_FOUND("A table, or its catalog, is not there."),
  TABLE_NOT_SERVED("A table is of a kind that Sigmax does not take."),
  TABLE_COLUMNS("A table does not take the columns of an output."),
  TABLE_FILES("The files of a table are not its rows as they are."),
  TABLE_PARTITIONS("Rows of a run cannot be kept apart by a table's partitions."),
  TABLE_FILE_SPLIT("An overwrite would take a part of a table's file out."),
  TABLE_ROWS_OUTSIDE("Rows of a run are not among those that it overwrites."),
  TABLE_ROWS_CHANGED("Others changed the rows of a table that a run was to overwrite."),
  TABLE_CONFLICT("Other writers changed a table while a run was being committed."),
  INPUT_NOT_FOUND("No file or folder is there."),
  INPUT_NOT_LISTED("The input cannot be listed."),
  INPUT_NO_PERMISSION("The input may not be read."),
  INPUT_CHANGED("The input changed while it was read."),
  INPUT_REPLACED("An input file was written to after an incremental job had scored it."),
  INPUT_RENAMED("A new input file looks like one that an incremental job has scored."),
  INPUT_IS_OWN_OUTPUT("The input is an output of Sigmax."),
  INPUT_IS_TABLE_WITH_LOG("The input is a table whose files are not all its rows."),
  FOLDER_IS_NO_PARTITION("A folder in the input is no partition."),
  FILE_LEFT_OUT("A file would be left out in silence."),
  FILE_READ_TWICE("A file would be read twice."),
  FILE_INCOMPLETE("A file is empty, or still being copied."),
  FILE_UNREADABLE("A file cannot be read: damaged, gone, or neither Parquet nor Arrow."),
  FILE_UNSUPPORTED("A file is sound, and Spark cannot read it."),
  FILES_DISAGREE("Files of the input have different formats, columns, types or partitions."),
  COLUMN_NOT_FOUND("A named column does not exist."),
  COLUMN_NAMES_COLLIDE("Two columns have names that cannot be told apart."),
  COLUMN_NAME_RESERVED("A column has a name that Spark or the output needs."),
  COLUMN_TYPE_UNSUPPORTED("A column has a type that is not read."),
  LOGIT_TYPE("A logit column is not numeric."),
  NO_JOB_FOUND("No job can be made of an input that inspect looked at."),
  CALIBRATION_FILE("A calibration is missing, or is not what calibrate writes."),
  LABEL_UNKNOWN("A row has a label that is not one of the classes."),
  WEIGHT_VALUE("A weight is negative or not a number."),
  NOTHING_TO_EVALUATE("No row has a label, probabilities and a weight above 0."),
  CALIBRATION_NOT_FITTED("Labels and logits allow no calibration."),
  NO_ROW_FOUND("No row of an output satisfies the condition."),
  PARTITION_IS_NO_LOGIT("The glob of the logits matches a partition column."),
  TOO_MANY_BAD_ROWS("More rows are bad than the job allows."),
  DRIFT_TOO_LARGE("The scores are further from an earlier run's than the job allows."),
  CALIBRATION_WOULD_NOT_HELP("A calibration does not lower the loss of rows it was not fitted by."),
  OUTPUT_EXISTS(
      "There is something in the output's place, or the place lies among the runs of others."),
  JOB_CHANGED("An incremental output has runs of another job."),
  OUTPUT_HELD("Another run holds the output."),
  OUTPUT_NO_PERMISSION("The output may not be written, or not be read back."),
  OUTPUT_PARENT("The folder that the output goes into is missing, or cannot be written."),
  OUTPUT_UNREADABLE("What was written cannot be read back."),
  NO_SPACE_FOR_OUTPUT("There is no space for the output."),
  ATTEMPT_TAKEN_AWAY("Another process changed this attempt."),
  ATTEMPT_NOT_REMOVED("An attempt cannot be removed."),
  OLD_OUTPUTS_UNCLEAR("It is unclear which old output was the last."),
  PUBLICATION_UNKNOWN("It is unclear whether the run is published."),
  PUBLICATION_UNCONFIRMED("The run is in place, and the disk does not confirm it."),
  STANDARD_OUTPUT("What a command printed could not be written."),
  OUTPUT_NOT_FOUND("There is no output to verify or to clean."),
  OUTPUT_DAMAGED("An output is not what its manifest says."),
  MANIFEST_DAMAGED("A manifest is missing, or cannot be read."),
  RUN_NOT_PUBLISHED("The run that was asked for is not published."),
  RUN_EXPIRED("A table's history does not reach back to the run that was asked for."),
  RUN_DIFFERS("The output is not the run of this job on its inputs as they are."),
  OUTAGE("A store, a name node or the network does not answer."),
  MASTER_UNREACHABLE("Spark's master does not answer."),
  SPARK_STOPPED("Spark was stopped while a command was under way."),
  EXECUTORS_LOST("Executors were lost too often."),
  OUT_OF_MEMORY("A task ran out of memory."),
  NO_SPACE_FOR_SPARK("Spark's local folders are full."),
  NATIVE_LIBRARY("The folder for temporary files is full, closed, or mounted noexec.");

  private final String meaning;

  ErrorName(String meaning) {
    this.meaning = meaning;
  }

  /** What it means, a sentence. */
  public String meaning() {
    return meaning;
  }
}

package dev.sigmax.input;

import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FileSections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What the preflight found: the table that the files make together.
 *
 * @param snapshot the files
 * @param format of all of them
 * @param fileRows how many rows each has, in the same order; of many files and wide tables the
 *     footers themselves would fill the driver
 * @param columns the columns to read, with the types to read them in
 * @param logits which of them are logits
 * @param floatLogits whether all logits are float; else they are taken as double
 * @param kept the columns to carry through, in order, partition columns last
 * @param allowedMissing those of them that some files may lack, as the job names them
 * @param nested the fields of structs among logits and kept columns, each with the way to it
 * @param readers which readers can read the files
 * @param lookup by what they are found in the files
 * @param sections which parts of the files one task may read
 */
public record InputTable(
    Snapshot snapshot,
    Footer.Format format,
    List<Long> fileRows,
    StructType columns,
    LogitColumns logits,
    boolean floatLogits,
    List<String> kept,
    List<String> allowedMissing,
    Map<String, List<String>> nested,
    Readers readers,
    ColumnLookup lookup,
    FileSections sections) {
  /** The same, to be read by Spark's row reader. */
  public InputTable byRows(String why) {
    return with(readers.failed(why), sections);
  }

  /** The same, to be read so that rows of different sections stay apart. */
  public InputTable apart(FileSections apart) {
    return with(readers, apart);
  }

  private InputTable with(Readers others, FileSections apart) {
    return new InputTable(
        snapshot,
        format,
        fileRows,
        columns,
        logits,
        floatLogits,
        kept,
        allowedMissing,
        nested,
        others,
        lookup,
        apart);
  }

  /** The way to each logit column, from the top-level column on. */
  public List<List<String>> logitPaths() {
    return logits.columns().stream().map(name -> nested.getOrDefault(name, List.of(name))).toList();
  }

  /** What a kept column is called in the output: a field of a struct, as the field. */
  public String outputName(String column) {
    List<String> path = nested.get(column);
    return path == null ? column : path.get(path.size() - 1);
  }

  /** The rows of all files, by their footers. */
  public long rows() {
    return fileRows.stream().mapToLong(Long::longValue).sum();
  }
}

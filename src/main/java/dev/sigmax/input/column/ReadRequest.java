package dev.sigmax.input.column;

import java.util.Optional;

/**
 * What is to be read of an input.
 *
 * @param logits which columns are logits
 * @param keep the columns to carry through; empty for all that are not logits
 * @param allowMissing the columns to carry through that some files may lack; empty for none
 * @param numbers whether float and double files may stand side by side
 * @param columns which columns are read
 */
public record ReadRequest(
    ColumnChoice logits,
    Optional<ColumnChoice> keep,
    Optional<ColumnChoice> allowMissing,
    Numbers numbers,
    Columns columns) {
  /** How numbers of different types are taken. */
  public enum Numbers {
    /** Files whose logits are of different types are refused. */
    AS_THEY_ARE,
    /** Float and double are both read as double. */
    AS_DOUBLE
  }

  /** Which columns are read. */
  public enum Columns {
    /** Logits and kept columns. */
    NEEDED,
    /** All: a quarantine keeps the whole row. */
    ALL
  }

  /** The logits alone, of whatever type each file has. */
  public static ReadRequest ofLogits(ColumnChoice logits) {
    return new ReadRequest(
        logits,
        Optional.of(new ColumnChoice.Names(java.util.List.of())),
        Optional.empty(),
        Numbers.AS_DOUBLE,
        Columns.NEEDED);
  }

  /** Whether all columns are read, not only those that a job needs. */
  public boolean whole() {
    return columns == Columns.ALL;
  }
}

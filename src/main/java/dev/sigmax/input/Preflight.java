package dev.sigmax.input;

import dev.sigmax.parquet.ColumnChunks;
import dev.sigmax.parquet.Footer;
import dev.sigmax.refusal.InputRefusal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Holds all footers against each other before a row is read. The first file by path gives the
 * schema and the class order; every other file must have the same columns in the same types, in any
 * order.
 */
public final class Preflight {
  private final Snapshot snapshot;
  private final List<Footer> footers;
  private final boolean asDouble;
  private final Footer first;

  private Preflight(Snapshot snapshot, List<Footer> footers, boolean asDouble) {
    this.snapshot = snapshot;
    this.footers = footers;
    this.asDouble = asDouble;
    this.first = footers.get(0);
  }

  /**
   * The table that the files make.
   *
   * @param footers of at least one file, in the snapshot's order
   * @param keep the columns to carry through, or null for all that are not logits
   * @param asDouble whether float and double files may stand side by side, all read as double
   * @param whole whether all columns are read, not just logits and kept ones
   */
  public static InputTable check(
      Snapshot snapshot,
      List<Footer> footers,
      ColumnChoice logits,
      ColumnChoice keep,
      boolean asDouble,
      boolean whole) {
    return new Preflight(snapshot, footers, asDouble).check(logits, keep, whole);
  }

  private InputTable check(ColumnChoice logitChoice, ColumnChoice keep, boolean whole) {
    footers.forEach(Preflight::requireReadable);
    footers.forEach(f -> DistinctNames.require(f, snapshot.partitionColumns()));
    LogitColumnFinder finder = new LogitColumnFinder(first);
    LogitColumns logits = finder.find(logitChoice);
    footers.forEach(footer -> finder.requireNoOthers(logitChoice, footer));
    finder.requireNoPartitions(logitChoice, logits, snapshot.partitionColumns());
    List<String> kept = kept(keep, logits);
    Set<String> read = new LinkedHashSet<>(Arrays.asList(first.schema().fieldNames()));
    if (whole) {
      requireSupported(first.unsupported().keySet());
    } else {
      read.removeIf(name -> !kept.contains(name) && !logits.columns().contains(name));
    }
    for (Footer footer : footers) {
      requireSameColumns(footer, read, logits, keep == null || whole);
    }
    StructType columns = columns(read, logits);
    return new InputTable(
        snapshot,
        footers.stream().map(Footer::rows).toList(),
        columns,
        logits,
        allFloat(columns, logits),
        kept,
        rowReaderReason(read));
  }

  private static void requireReadable(Footer footer) {
    if (!footer.readable()) {
      throw new InputRefusal(
          "cannot read the input file " + footer.path() + ": " + footer.problem() + ".");
    }
  }

  private List<String> kept(ColumnChoice keep, LogitColumns logits) {
    Set<String> kept = new LinkedHashSet<>();
    if (keep == null) {
      kept.addAll(Arrays.asList(first.schema().fieldNames()));
      kept.addAll(first.unsupported().keySet());
      kept.removeAll(logits.columns());
      kept.addAll(snapshot.partitionColumns());
    } else if (keep instanceof ColumnChoice.Names names) {
      kept.addAll(names.names());
    } else if (keep instanceof ColumnChoice.Text text) {
      kept.addAll(isColumn(text.text()) ? List.of(text.text()) : text.items());
    }
    requireSupported(kept);
    for (String name : kept) {
      if (!isColumn(name)) {
        throw new InputRefusal(
            "there is no column " + name + " to keep in " + first.path() + ". Check --keep.");
      }
    }
    return List.copyOf(kept);
  }

  private void requireSupported(Set<String> names) {
    for (String name : names) {
      if (first.unsupported().containsKey(name)) {
        throw new InputRefusal(
            "the column "
                + name
                + " has a type that Spark cannot read: "
                + first.unsupported().get(name)
                + " (in "
                + first.path()
                + "). Name the columns to carry along with --keep, without it (a quarantine needs them"
                + " all).");
      }
    }
  }

  private boolean isColumn(String name) {
    return LogitTypes.typeOf(first.schema(), name) != null
        || first.unsupported().containsKey(name)
        || snapshot.partitionColumns().contains(name);
  }

  private void requireSameColumns(
      Footer footer, Set<String> read, LogitColumns logits, boolean keepAll) {
    for (String name : read) {
      DataType here = LogitTypes.typeOf(footer.schema(), name);
      boolean logit = logits.columns().contains(name);
      if (here == null) {
        throw new InputRefusal(
            "the "
                + (logit ? "logit column " : "column ")
                + name
                + " of "
                + first.path()
                + (footer.unsupported().containsKey(name)
                    ? " is of another type in "
                        + footer.path()
                        + ": "
                        + footer.unsupported().get(name)
                    : " is missing in " + footer.path())
                + ". "
                + (logit
                    ? "Softmax over the wrong classes would still sum to 1: write the files alike."
                    : "Write the files alike, or name the columns to carry along with --keep."));
      }
      requireSameType(footer, name, LogitTypes.typeOf(first.schema(), name), here, logit);
    }
    if (keepAll) {
      for (String name : footer.schema().fieldNames()) {
        if (!read.contains(name)) {
          throw new InputRefusal(
              "the column "
                  + name
                  + " of "
                  + footer.path()
                  + " is missing in "
                  + first.path()
                  + ". Write the files alike, or name the columns to carry along with --keep.");
        }
      }
    }
  }

  private void requireSameType(
      Footer footer, String name, DataType expected, DataType here, boolean logit) {
    if (here.asNullable().equals(expected.asNullable())) {
      return;
    }
    boolean bothFloating =
        LogitTypes.isFloating(here)
            && LogitTypes.isFloating(expected)
            && LogitTypes.inDouble(here)
                .asNullable()
                .equals(LogitTypes.inDouble(expected).asNullable());
    if (logit && bothFloating && asDouble) {
      return;
    }
    throw new InputRefusal(
        "the "
            + (logit ? "logit column " : "column ")
            + name
            + " is "
            + expected.catalogString()
            + " in "
            + first.path()
            + " and "
            + here.catalogString()
            + " in "
            + footer.path()
            + ". "
            + (logit && bothFloating
                ? "--precision double reads both as double."
                : "Write the files alike."));
  }

  private StructType columns(Set<String> read, LogitColumns logits) {
    StructType columns = new StructType();
    for (String name : read) {
      DataType type = LogitTypes.typeOf(first.schema(), name);
      StructField field = first.schema().apply(name);
      boolean mixed =
          logits.columns().contains(name)
              && footers.stream()
                  .anyMatch(
                      f ->
                          !LogitTypes.element(LogitTypes.typeOf(f.schema(), name))
                              .equals(LogitTypes.element(type)));
      columns =
          columns.add(
              // One file may have nulls, at any depth, where another has none.
              new StructField(
                  name,
                  (mixed ? LogitTypes.inDouble(type) : type).asNullable(),
                  true,
                  field.metadata()));
    }
    return columns;
  }

  private static boolean allFloat(StructType columns, LogitColumns logits) {
    return logits.columns().stream()
        .allMatch(
            name ->
                LogitTypes.element(LogitTypes.typeOf(columns, name)).equals(DataTypes.FloatType));
  }

  private String rowReaderReason(Set<String> read) {
    for (Footer footer : footers) {
      for (String name : read) {
        ColumnChunks chunks = footer.columns().get(name);
        String what = chunks == null ? null : chunks.forRowReader();
        if (what != null) {
          return "the column " + name + " has " + what + " in " + footer.path();
        }
      }
    }
    return null;
  }
}

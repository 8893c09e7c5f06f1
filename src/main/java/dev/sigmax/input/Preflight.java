package dev.sigmax.input;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.DistinctNames;
import dev.sigmax.input.column.FileDifferences;
import dev.sigmax.input.column.KeptColumns;
import dev.sigmax.input.column.LogitColumnFinder;
import dev.sigmax.input.column.LogitColumns;
import dev.sigmax.input.column.LogitTypes;
import dev.sigmax.input.column.NestedColumns;
import dev.sigmax.input.column.OwnOutput;
import dev.sigmax.input.column.ReadRequest;
import dev.sigmax.input.column.StructsToRead;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FileSections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
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
  private final ColumnLookup lookup;
  private final boolean asDouble;
  private final Footer first;
  private final KeptColumns keptColumns;
  private final NestedColumns nested;

  private Preflight(
      Snapshot snapshot,
      List<Footer> footers,
      ColumnLookup lookup,
      KeptColumns keptColumns,
      NestedColumns nested,
      boolean asDouble) {
    this.snapshot = snapshot;
    this.footers = footers;
    this.lookup = lookup;
    this.asDouble = asDouble;
    this.first = footers.get(0);
    this.keptColumns = keptColumns;
    this.nested = nested;
  }

  /**
   * The table that the files make.
   *
   * @param files the footers of at least one, in the snapshot's order
   */
  public static InputTable check(Snapshot snapshot, List<Footer> files, ReadRequest request) {
    files.forEach(Preflight::requireReadable);
    TableFooters read = TableFooters.of(snapshot, files);
    List<Footer> footers = read.footers();
    requireOneFormat(footers);
    footers.forEach(f -> DistinctNames.require(f, snapshot.partitionColumns()));
    OwnOutput.refuse(footers.get(0), request);
    NestedColumns nested = NestedColumns.of(footers.get(0), request);
    List<Footer> flat = footers.stream().map(nested::in).toList();
    KeptColumns kept = KeptColumns.of(snapshot, flat, request);
    boolean asDouble = request.numbers() == ReadRequest.Numbers.AS_DOUBLE;
    return new Preflight(snapshot, flat, read.lookup(), kept, nested, asDouble)
        .check(request.logits(), request.whole());
  }

  private InputTable check(ColumnChoice logitChoice, boolean whole) {
    LogitColumnFinder finder = new LogitColumnFinder(first);
    LogitColumns logits = finder.find(logitChoice);
    footers.forEach(footer -> finder.requireNoOthers(logitChoice, footer));
    finder.requireNoPartitions(logitChoice, logits, snapshot.partitionColumns());
    List<String> kept = keptColumns.names(logits);
    Set<String> read = new LinkedHashSet<>(Arrays.asList(first.schema().fieldNames()));
    read.addAll(keptColumns.mayBeMissing());
    if (whole) {
      keptColumns.requireSupported(first.unsupported().keySet(), logits);
    } else {
      Set<String> needed = new HashSet<>(kept);
      needed.addAll(logits.columns());
      read.retainAll(needed);
    }
    footers.forEach(footer -> requireSameLogits(footer, logits));
    keptColumns.requireSame(read, logits);
    StructType columns = columns(read, logits);
    return new InputTable(
        snapshot,
        first.format(),
        footers.stream().map(Footer::rows).toList(),
        StructsToRead.of(columns, nested),
        logits,
        allFloat(columns, logits),
        kept,
        keptColumns.mayBeMissing(),
        nested.paths(),
        new Readers(
            obstacle(
                read,
                (name, chunks) -> prefixed("the column " + name + " has ", chunks.forRowReader())),
            obstacle(read, (name, chunks) -> Optional.ofNullable(chunks.notOwn()))),
        lookup,
        FileSections.NONE);
  }

  /** Refuses a file whose footer cannot be read, with the reason. */
  public static void requireReadable(Footer footer) {
    if (!footer.readable()) {
      throw unreadable(footer);
    }
  }

  private static void requireOneFormat(List<Footer> footers) {
    Footer first = footers.get(0);
    for (Footer footer : footers) {
      if (footer.format() != first.format()) {
        throw new InputException(
            ErrorName.FILES_DISAGREE,
            "the input has files of two formats: "
                + first.path()
                + " is "
                + first.format().title()
                + ", and "
                + footer.path()
                + " is "
                + footer.format().title()
                + ". Score them one kind at a time.");
      }
    }
  }

  /** The exception for a file whose footer cannot be read. */
  public static InputException unreadable(Footer footer) {
    return new InputException(
        footer.problem().name(),
        "cannot read the input file " + footer.path() + ": " + footer.problem().text() + ".");
  }

  private void requireSameLogits(Footer footer, LogitColumns logits) {
    for (String name : logits.columns()) {
      DataType here = LogitTypes.typeOf(footer.schema(), name);
      if (here == null) {
        throw new InputException(
            ErrorName.FILES_DISAGREE,
            "the logit column "
                + name
                + " of "
                + first.path()
                + (footer.unsupported().containsKey(name)
                    ? " is of another type in "
                        + footer.path()
                        + ": "
                        + footer.unsupported().get(name)
                    : " is missing in " + footer.path())
                + ". Softmax over the wrong classes would still sum to 1: write the files alike.");
      }
      requireSameType(footer, name, LogitTypes.typeOf(first.schema(), name), here);
    }
  }

  private void requireSameType(Footer footer, String name, DataType expected, DataType here) {
    if (here.asNullable().equals(expected.asNullable())) {
      return;
    }
    boolean bothFloating =
        LogitTypes.isFloating(here)
            && LogitTypes.isFloating(expected)
            && LogitTypes.inDouble(here)
                .asNullable()
                .equals(LogitTypes.inDouble(expected).asNullable());
    if (bothFloating && asDouble) {
      return;
    }
    throw new InputException(
        ErrorName.FILES_DISAGREE,
        "the logit column "
            + FileDifferences.between(first, footer, name)
            + (bothFloating
                ? " --precision double reads both as double."
                : " Write the files alike."));
  }

  private StructType columns(Set<String> read, LogitColumns logits) {
    Set<String> logitColumns = logits.set();
    List<StructField> columns = new ArrayList<>();
    for (String name : read) {
      StructField field = keptColumns.field(name);
      DataType type = field.dataType();
      boolean mixed =
          logitColumns.contains(name)
              && footers.stream()
                  .anyMatch(
                      f ->
                          !LogitTypes.element(LogitTypes.typeOf(f.schema(), name))
                              .equals(LogitTypes.element(type)));
      columns.add(
          // One file may have nulls, at any depth, where another has none.
          new StructField(
              name,
              (mixed ? LogitTypes.inDouble(type) : type).asNullable(),
              true,
              field.metadata()));
    }
    return new StructType(columns.toArray(new StructField[0]));
  }

  private static boolean allFloat(StructType columns, LogitColumns logits) {
    return logits.columns().stream()
        .allMatch(
            name ->
                LogitTypes.element(LogitTypes.typeOf(columns, name)).equals(DataTypes.FloatType));
  }

  private static Optional<String> prefixed(String before, String text) {
    return Optional.ofNullable(text).map(before::concat);
  }

  private Optional<String> obstacle(
      Set<String> read, BiFunction<String, ColumnChunks, Optional<String>> reason) {
    for (Footer footer : footers) {
      for (String name : read) {
        ColumnChunks chunks = footer.columns().get(nested.column(name));
        Optional<String> what = chunks == null ? Optional.empty() : reason.apply(name, chunks);
        if (what.isPresent()) {
          return Optional.of(what.get() + " in " + footer.path());
        }
      }
    }
    return Optional.empty();
  }
}

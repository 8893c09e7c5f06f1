package dev.sigmax.input;

import dev.sigmax.input.column.LogitTypes;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.input.snapshot.SnapshotOfTable;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.spark.FieldIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The footers of a snapshot's files as its table has their columns. Files that were written when
 * columns had other names, other types or another order, or were not there, are told with the
 * columns of now; those are found in them by field id.
 *
 * @param footers in the snapshot's order
 * @param lookup by what the columns are found
 */
public record TableFooters(List<Footer> footers, ColumnLookup lookup) {
  private static final Logger LOG = LoggerFactory.getLogger(TableFooters.class);

  /**
   * The footers of the files of a snapshot. They stay as they are where it is of no table, of one
   * without field ids, or where all of its files have its columns as it has them.
   */
  public static TableFooters of(Snapshot snapshot, List<Footer> footers) {
    Optional<SnapshotOfTable> table = snapshot.table().filter(of -> !of.ids().isNone());
    Optional<Footer> other =
        table.flatMap(of -> footers.stream().filter(footer -> !isAlike(footer, of)).findFirst());
    if (other.isEmpty()) {
      return new TableFooters(footers, ColumnLookup.BY_NAME);
    }
    LOG.info(
        "The columns of {} are found by their field ids, since {} has other columns than the table.",
        table.get().table(),
        other.get().path());
    FieldIds ids = table.get().ids().of(List.of(table.get().columns().fieldNames()));
    List<Footer> translated =
        footers.stream().map(footer -> translated(footer, table.get().columns(), ids)).toList();
    return new TableFooters(translated, new ColumnLookup(ids, filesWithout(footers, ids)));
  }

  /** Whether a file has a table's columns as the table has them, so that names find them. */
  public static boolean isAlike(Footer footer, SnapshotOfTable table) {
    StructType here = footer.schema();
    StructType columns = table.columns();
    return Arrays.equals(here.fieldNames(), columns.fieldNames())
        && here.asNullable().catalogString().equals(columns.asNullable().catalogString())
        && footer.unsupported().isEmpty()
        && footer.fieldIds().equals(table.ids());
  }

  /** A column that the file lacks is told as if it were there: every reader gives nulls for it. */
  private static Footer translated(Footer footer, StructType columns, FieldIds ids) {
    Map<Integer, String> namesHere = names(footer.fieldIds());
    StructType schema = new StructType();
    Map<String, String> unsupported = new LinkedHashMap<>();
    Map<String, ColumnChunks> chunks = new HashMap<>();
    for (StructField column : columns.fields()) {
      String here = namesHere.get(ids.byPath().get(column.name()));
      if (here != null && footer.unsupported().containsKey(here)) {
        unsupported.put(column.name(), footer.unsupported().get(here));
        continue;
      }
      schema = schema.add(column.name(), column.dataType(), true);
      if (here != null && footer.columns().containsKey(here)) {
        DataType stored = LogitTypes.typeOf(footer.schema(), here);
        chunks.put(
            column.name(), readAs(footer.columns().get(here), column.name(), stored, column));
      }
    }
    return footer.withColumns(schema, unsupported, chunks);
  }

  /** Sigmax's page reader takes numbers as wider ones, but decimals as they are. */
  private static ColumnChunks readAs(
      ColumnChunks chunks, String name, DataType stored, StructField column) {
    boolean same = stored.asNullable().catalogString().equals(column.dataType().catalogString());
    return same || !(LogitTypes.element(stored) instanceof DecimalType)
        ? chunks
        : chunks.notReadHere(
            "the column "
                + name
                + " is "
                + stored.catalogString()
                + ", read as "
                + column.dataType().catalogString());
  }

  private static Map<String, Integer> filesWithout(List<Footer> footers, FieldIds ids) {
    Map<String, Integer> without = new TreeMap<>();
    for (Footer footer : footers) {
      Map<Integer, String> here = names(footer.fieldIds());
      if (footer.rows() > 0) {
        ids.byPath()
            .forEach(
                (column, id) -> {
                  if (!here.containsKey(id)) {
                    without.merge(column, 1, Integer::sum);
                  }
                });
      }
    }
    return without;
  }

  /** What a file calls its columns, by their ids; fields inside of others have ids of their own. */
  private static Map<Integer, String> names(FieldIds ids) {
    Map<Integer, String> names = new HashMap<>();
    ids.byPath().forEach((path, id) -> names.put(id, path));
    return names;
  }
}

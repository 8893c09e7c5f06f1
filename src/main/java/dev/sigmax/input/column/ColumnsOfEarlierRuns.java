package dev.sigmax.input.column;

import dev.sigmax.parquet.footer.Footer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Columns that may be missing and that no file of a run has, but files of the runs before it had:
 * they are null in all of its rows, and of the type that they have beside them.
 */
public final class ColumnsOfEarlierRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ColumnsOfEarlierRuns.class);

  private ColumnsOfEarlierRuns() {}

  /**
   * The footers, told as if each file had those columns: every reader gives nulls for them.
   *
   * @param mayBeMissing what the job says of columns that some files may lack
   * @param keptTypes the types of the columns that the runs have kept, by name
   */
  public static List<Footer> in(
      List<Footer> footers, Optional<ColumnChoice> mayBeMissing, Map<String, String> keptTypes) {
    StructType added = new StructType();
    for (String name : mayBeMissing.map(ColumnsOfEarlierRuns::names).orElse(Set.of())) {
      Optional<DataType> type =
          Optional.ofNullable(keptTypes.get(name)).flatMap(text -> read(text));
      if (type.isPresent() && footers.stream().noneMatch(footer -> has(footer, name))) {
        added = added.add(name, type.get(), true);
      }
    }
    if (added.isEmpty()) {
      return footers;
    }
    LOG.info("No file has the columns {}, which earlier runs kept: they are null.", added.sql());
    StructType missing = added;
    return footers.stream()
        .map(footer -> footer.readable() ? footer.withSchema(with(missing, footer)) : footer)
        .toList();
  }

  private static StructType with(StructType missing, Footer footer) {
    StructType schema = footer.schema();
    for (StructField field : missing.fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /** Also one that differs in case: it would be two columns of one name to a reader. */
  private static boolean has(Footer footer, String name) {
    return Stream.concat(
            Arrays.stream(footer.schema().fieldNames()), footer.unsupported().keySet().stream())
        .anyMatch(name::equalsIgnoreCase);
  }

  /** A text may be one name with commas in it, or several. */
  private static Set<String> names(ColumnChoice choice) {
    if (choice instanceof ColumnChoice.Names exact) {
      return new LinkedHashSet<>(exact.names());
    }
    ColumnChoice.Text text = (ColumnChoice.Text) choice;
    Set<String> names = new LinkedHashSet<>(text.items());
    names.add(text.text());
    return names;
  }

  /** Empty for a struct whose fields have names that cannot be read back; it stays missing. */
  private static Optional<DataType> read(String type) {
    try {
      return Optional.of(DataType.fromDDL(type));
    } catch (Exception noDdl) {
      // Spark throws a checked exception that its method does not declare.
      LOG.debug("{} does not read back as a type.", type, noDdl);
      return Optional.empty();
    }
  }
}

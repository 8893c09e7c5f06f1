package dev.sigmax.job.target;

import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.job.plan.ScoringPlan;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.parquet.footer.RowGroupRanges;
import dev.sigmax.parquet.footer.ValueRange;
import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FileSections.Section;
import dev.sigmax.table.TablePartitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partition of an output table the rows of an input come into, before they are read: folders
 * of the input tell, and the footers of its files. Rows of each partition become a group, so that
 * no task writes rows of two into a file.
 */
final class InputPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(InputPartitions.class);

  private final InputTable input;
  private final TablePartitions table;
  private final List<Source> sources;
  private final Map<List<Object>, Integer> groups = new HashMap<>();

  /**
   * Where the values of a field come from.
   *
   * @param column as the input calls it
   * @param place among the columns that footers are asked for; empty where folders tell
   */
  private record Source(TablePartitions.Field field, String column, Optional<Integer> place) {}

  private InputPartitions(InputTable input, TablePartitions table, List<Source> sources) {
    this.input = input;
    this.table = table;
    this.sources = sources;
  }

  /**
   * The sections of the input's files; none where all rows are of one partition, or where the table
   * does not take the output's columns, which is refused elsewhere.
   *
   * @throws dev.sigmax.error.OutputException where rows cannot be kept apart
   */
  static FileSections of(SparkSession spark, ScoringPlan plan, TablePartitions table) {
    InputTable input = plan.table();
    List<Source> sources = new ArrayList<>();
    List<List<String>> asked = new ArrayList<>();
    for (TablePartitions.Field field : table.fields()) {
      Optional<String> kept =
          input.kept().stream()
              .filter(column -> input.outputName(column).equals(field.column()))
              .findFirst();
      if (kept.isEmpty() && plan.outputColumns().contains(field.column())) {
        throw table.refused(
            field.column()
                + " is what the run computes, so which partition a row comes into is not known"
                + " before. Nothing was scored. Publish to a folder and insert from there, or name"
                + " another table");
      }
      if (kept.isEmpty() || !fits(input, kept.get(), field)) {
        return FileSections.NONE;
      }
      boolean ofFolders = input.snapshot().partitionColumns().contains(kept.get());
      sources.add(
          new Source(field, kept.get(), ofFolders ? Optional.empty() : Optional.of(asked.size())));
      if (!ofFolders) {
        asked.add(input.nested().getOrDefault(kept.get(), List.of(kept.get())));
      }
    }
    return sources.isEmpty() || input.rows() == 0
        ? FileSections.NONE
        : new InputPartitions(input, table, List.copyOf(sources)).sections(spark, asked);
  }

  /** Whether a column has the type that the table has it in; nothing is cast. */
  private static boolean fits(InputTable input, String column, TablePartitions.Field field) {
    if (input.nested().containsKey(column)) {
      return true;
    }
    return (input.snapshot().partitionColumns().contains(column)
            ? DataTypes.StringType
            : input.columns().apply(column).dataType())
        .catalogString()
        .equals(field.type().catalogString());
  }

  private FileSections sections(SparkSession spark, List<List<String>> asked) {
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < input.fileRows().size(); i++) {
      if (input.fileRows().get(i) > 0) {
        files.add(input.snapshot().files().get(i));
      }
    }
    List<List<RowGroupRanges>> footers = asked.isEmpty() ? List.of() : footers(spark, files, asked);
    Map<Path, List<Section>> sections = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      sections.put(
          files.get(i).status().getPath(),
          asked.isEmpty()
              ? List.of(new Section(0, groupOf(files.get(i), Optional.empty())))
              : sections(files.get(i), footers.get(i)));
    }
    if (groups.size() == 1) {
      return FileSections.NONE;
    }
    LOG.info("Rows of {} partitions of {} are read apart.", groups.size(), table.table());
    return new FileSections(Map.copyOf(sections));
  }

  private List<List<RowGroupRanges>> footers(
      SparkSession spark, List<InputFile> files, List<List<String>> asked) {
    if (input.format() == Footer.Format.ARROW) {
      throw table.mixed(
          "Arrow files have no statistics that tell which partition rows are in. A folder can"
              + " (dt=…/)");
    }
    return RowGroupRanges.read(
        spark,
        files.stream().map(InputFile::path).toList(),
        new RowGroupRanges.Columns(asked, input.lookup().ids()));
  }

  private List<Section> sections(InputFile file, List<RowGroupRanges> rowGroups) {
    List<Section> sections = new ArrayList<>();
    boolean ordered = true;
    long last = -1;
    for (RowGroupRanges rowGroup : rowGroups) {
      int group = groupOf(file, Optional.of(rowGroup));
      if (sections.isEmpty()) {
        sections.add(new Section(0, group));
      } else if (sections.get(sections.size() - 1).group() != group) {
        sections.add(new Section(rowGroup.middle(), group));
      }
      ordered &= rowGroup.middle() > last;
      last = rowGroup.middle();
    }
    if (sections.size() > 1 && !ordered) {
      throw table.mixed(
          "the row groups of " + file.path() + ", of several partitions, are not in their order");
    }
    return List.copyOf(sections);
  }

  private int groupOf(InputFile file, Optional<RowGroupRanges> rowGroup) {
    List<Object> partition = new ArrayList<>();
    for (Source source : sources) {
      ValueRange range =
          source
              .place()
              .map(place -> rowGroup.orElseThrow().ranges().get(place))
              .orElseGet(() -> ofFolder(file.partition().get(source.column())));
      partition.add(
          partition(source.field(), range)
              .orElseThrow(() -> table.mixed(told(file, rowGroup, source, range))));
    }
    return groups.computeIfAbsent(partition, first -> groups.size());
  }

  private static ValueRange ofFolder(String value) {
    return value == null ? new ValueRange.Nulls() : new ValueRange.Between(value, value);
  }

  /** Nulls are a partition of their own, equal to nothing that a rule gives. */
  private static Optional<Object> partition(TablePartitions.Field field, ValueRange range) {
    if (range instanceof ValueRange.Between between) {
      return field.rule().inOneFile(as(field, between.least()), as(field, between.most()));
    }
    return range instanceof ValueRange.Nulls nulls ? Optional.of(nulls) : Optional.empty();
  }

  /** Numbers of a file that are read as wider ones. */
  private static Object as(TablePartitions.Field field, Object value) {
    if (field.type() instanceof LongType && value instanceof Integer number) {
      return number.longValue();
    }
    return field.type() instanceof DecimalType decimal && value instanceof BigDecimal number
        ? number.setScale(decimal.scale())
        : value;
  }

  private static String told(
      InputFile file, Optional<RowGroupRanges> rowGroup, Source source, ValueRange range) {
    return "rows of one row group may be in several partitions: "
        + source.column()
        + " "
        + range
        + rowGroup
            .map(
                rows ->
                    " in rows "
                        + (rows.firstRow() + 1)
                        + " to "
                        + (rows.firstRow() + rows.rows())
                        + " of ")
            .orElse(" in ")
        + file.path();
  }
}

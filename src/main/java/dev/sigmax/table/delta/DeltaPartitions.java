package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.parquet.footer.RowGroupRanges;
import dev.sigmax.parquet.footer.ValueRange;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.PartitionRule;
import dev.sigmax.table.TablePartitions;
import io.delta.kernel.Snapshot;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;

/**
 * The partitions of a table: by columns as they are. The log has each file's values of them, which
 * readers take for those in the file.
 */
record DeltaPartitions(TablePartitions partitions, Snapshot version) {
  /** NaN are in no statistics, and not all bytes are a text of the log's. */
  private static final Set<org.apache.spark.sql.types.DataType> DECLINED =
      Set.of(DataTypes.FloatType, DataTypes.DoubleType, DataTypes.BinaryType);

  static DeltaPartitions of(String table, Snapshot version) {
    org.apache.spark.sql.types.StructType columns = TableNeeds.columns(version);
    return new DeltaPartitions(
        new TablePartitions(
            table,
            version.getPartitionColumnNames().stream()
                .map(
                    name ->
                        new TablePartitions.Field(
                            name, columns.apply(name).dataType(), name, rule(table, name)))
                .toList()),
        version);
  }

  /** The columns whose values cannot be partitions here. */
  List<TablePartitions.Field> declined() {
    return partitions.fields().stream().filter(field -> DECLINED.contains(field.type())).toList();
  }

  /** Which of the values between two all rows have. */
  private static PartitionRule rule(String table, String column) {
    return (least, most) -> {
      if (!least.equals(most)) {
        return Optional.empty();
      }
      if (least.equals("")) {
        throw new OutputException(
            ErrorName.TABLE_PARTITIONS,
            "the table "
                + table
                + " is partitioned by "
                + column
                + ", and rows have an empty text there, which Delta takes for null. Nothing was"
                + " added. Let it be null in the input, or another text.");
      }
      return Optional.of(least);
    };
  }

  /**
   * The values of a file that was written, as its footer proves.
   *
   * @param part what the run calls it
   * @throws dev.sigmax.error.OutputException where its rows have several
   */
  Map<String, Literal> of(String location, String part, Configuration configuration) {
    if (partitions.fields().isEmpty()) {
      return Map.of();
    }
    List<RowGroupRanges> rowGroups =
        RowGroupRanges.read(
            location,
            configuration,
            new RowGroupRanges.Columns(
                version.getPartitionColumnNames().stream().map(List::of).toList(), FieldIds.NONE));
    Map<String, Literal> values = new LinkedHashMap<>();
    for (int i = 0; i < partitions.fields().size(); i++) {
      Set<Object> found = new HashSet<>();
      for (RowGroupRanges rowGroup : rowGroups) {
        found.add(value(i, rowGroup.ranges().get(i), part));
      }
      if (found.size() != 1) {
        throw partitions.mixedInPart(part);
      }
      String name = partitions.fields().get(i).column();
      values.put(
          name, literal(version.getSchema().get(name).getDataType(), found.iterator().next()));
    }
    return values;
  }

  /** Nulls are equal to each other, and to no value. */
  private Object value(int field, ValueRange range, String part) {
    if (range instanceof ValueRange.Between between) {
      return partitions
          .fields()
          .get(field)
          .rule()
          .inOneFile(between.least(), between.most())
          .orElseThrow(() -> partitions.mixedInPart(part));
    }
    if (range instanceof ValueRange.Nulls) {
      return range;
    }
    throw partitions.mixedInPart(part);
  }

  private static Literal literal(DataType type, Object value) {
    if (value instanceof ValueRange.Nulls) {
      return Literal.ofNull(type);
    }
    if (value instanceof Integer number) {
      if (type instanceof DateType) {
        return Literal.ofDate(number);
      }
      if (type instanceof ByteType) {
        return Literal.ofByte(number.byteValue());
      }
      return type instanceof ShortType
          ? Literal.ofShort(number.shortValue())
          : Literal.ofInt(number);
    }
    if (value instanceof Long number) {
      if (type instanceof TimestampType) {
        return Literal.ofTimestamp(number);
      }
      return type instanceof TimestampNTZType
          ? Literal.ofTimestampNtz(number)
          : Literal.ofLong(number);
    }
    if (value instanceof BigDecimal number && type instanceof DecimalType decimal) {
      return Literal.ofDecimal(number, decimal.getPrecision(), decimal.getScale());
    }
    return value instanceof Boolean truth
        ? Literal.ofBoolean(truth)
        : Literal.ofString((String) value);
  }
}

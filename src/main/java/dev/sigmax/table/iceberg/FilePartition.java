package dev.sigmax.table.iceberg;

import dev.sigmax.table.TablePartitions;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The partition that all rows of a written file are in, as its footer proves: the smallest and the
 * largest value of a column lie in the same. Bounds that are cut short prove it as well, since all
 * values lie between them.
 */
final class FilePartition {
  private final PartitionSpec spec;
  private final Metrics metrics;

  private FilePartition(PartitionSpec spec, Metrics metrics) {
    this.spec = spec;
    this.metrics = metrics;
  }

  /** The partition of a file; empty where its rows are in several, or its footer does not tell. */
  static Optional<StructLike> of(PartitionSpec spec, FooterMetrics footer) {
    MetricsConfig whole =
        MetricsConfig.from(
            Map.of(TableProperties.DEFAULT_WRITE_METRICS_MODE, "full"), spec.schema(), null);
    return new FilePartition(spec, footer.wanted(whole)).read();
  }

  private Optional<StructLike> read() {
    PartitionData partition = new PartitionData(spec.partitionType());
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (field.transform().isVoid() || isNull(field.sourceId())) {
        continue;
      }
      Optional<Object> value = value(field);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      partition.set(i, value.get());
    }
    return Optional.of(partition);
  }

  private boolean isNull(int column) {
    Long nulls = metrics.nullValueCounts().get(column);
    return nulls != null && nulls.equals(metrics.recordCount());
  }

  private Optional<Object> value(PartitionField field) {
    int column = field.sourceId();
    Long nulls = metrics.nullValueCounts().get(column);
    if (nulls == null || nulls > 0 || !metrics.lowerBounds().containsKey(column)) {
      return Optional.empty();
    }
    Type type = spec.schema().findType(column);
    Object least = Conversions.fromByteBuffer(type, metrics.lowerBounds().get(column));
    Object most = Conversions.fromByteBuffer(type, metrics.upperBounds().get(column));
    return new TransformedValues(type, field.transform()).partition(least, most);
  }

  /** What a table is partitioned by. */
  static TablePartitions fields(String table, PartitionSpec spec) {
    return new TablePartitions(
        table,
        spec.fields().stream()
            .filter(field -> !field.transform().isVoid())
            .map(
                field -> {
                  Types.NestedField source = spec.schema().findField(field.sourceId());
                  return new TablePartitions.Field(
                      source.name(),
                      SparkSchemaUtil.convert(source.type()),
                      field.transform().isIdentity()
                          ? source.name()
                          : field.transform() + "(" + source.name() + ")",
                      new TransformedValues(source.type(), field.transform()));
                })
            .toList());
  }

  /** Why a table's files cannot be told their partitions so; empty where they can. */
  static Optional<String> obstacle(PartitionSpec spec) {
    for (PartitionField field : spec.fields()) {
      Types.NestedField source = spec.schema().asStruct().field(field.sourceId());
      if (field.transform().isVoid()) {
        continue;
      }
      if (source == null) {
        return Optional.of("by a field inside a column");
      }
      Type.TypeID type = source.type().typeId();
      if (type == Type.TypeID.FLOAT || type == Type.TypeID.DOUBLE) {
        return Optional.of(
            "by " + source.name() + ", whose NaN would be in no statistics of a file");
      }
      if (type == Type.TypeID.UUID || type == Type.TypeID.FIXED) {
        return Optional.of(
            "by " + source.name() + ", a " + source.type() + ", which Spark has not");
      }
      if (!field.transform().canTransform(source.type())) {
        return Optional.of("by " + field + ", which this Iceberg does not know");
      }
    }
    return Optional.empty();
  }
}

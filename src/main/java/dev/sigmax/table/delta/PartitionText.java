package dev.sigmax.table.delta;

import io.delta.kernel.data.MapValue;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.util.PartitionUtils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Values of partitions as a log has them: texts. */
final class PartitionText {
  private PartitionText() {}

  /** Those of a file in a log, by column. */
  static Map<String, String> of(MapValue partition) {
    return VectorUtils.toJavaMap(partition);
  }

  /** As the log of a table is to have values. */
  static Map<String, String> of(Map<String, Literal> values) {
    return of(PartitionUtils.serializePartitionMap(values));
  }

  /** Whether a text, or its absence, stands for null: an empty one does, whatever the type. */
  static boolean isNull(String text) {
    return text == null || text.isEmpty();
  }

  /**
   * The value as conditions have it; empty where it depends on a time zone, or does not compare.
   *
   * @param text none that stands for null
   */
  static Optional<Object> value(DataType type, String text) {
    try {
      if (type instanceof StringType) {
        return Optional.of(text);
      }
      if (type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType) {
        return Optional.of(Integer.valueOf(text));
      }
      if (type instanceof LongType) {
        return Optional.of(Long.valueOf(text));
      }
      if (type instanceof DateType) {
        return Optional.of((int) LocalDate.parse(text).toEpochDay());
      }
      if (type instanceof DecimalType) {
        return Optional.of(new BigDecimal(text));
      }
      if (type instanceof TimestampType && text.endsWith("Z")) {
        return Optional.of(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)));
      }
    } catch (NumberFormatException | DateTimeException written) {
      // As another writer has it; then Spark reads it.
      return Optional.empty();
    }
    return Optional.empty();
  }
}

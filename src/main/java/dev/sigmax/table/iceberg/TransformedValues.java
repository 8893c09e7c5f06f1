package dev.sigmax.table.iceberg;

import dev.sigmax.table.PartitionRule;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type;

/**
 * Partitions by a transform of a column. Of a transform that keeps the order of values, all values
 * between two of one partition are in it; of others, as a bucket, equal values are.
 */
record TransformedValues(Type type, Transform<?, ?> transform) implements PartitionRule {
  /** Of a bucket the value itself: two values of one bucket do not prove that those between are. */
  @Override
  public Optional<Object> inOneFile(Object least, Object most) {
    return partition(least, most)
        .map(partition -> transform.preservesOrder() ? partition : value(least));
  }

  /** The partition; empty where the values may be in several. */
  @SuppressWarnings("unchecked") // A field's transform takes the values of its source.
  Optional<Object> partition(Object least, Object most) {
    Transform<Object, Object> any = (Transform<Object, Object>) transform;
    Object first = any.bind(type).apply(value(least));
    Object last = any.bind(type).apply(value(most));
    boolean same =
        transform.preservesOrder()
            ? isSame(any.getResultType(type), first, last)
            : isSame(type, value(least), value(most));
    return same
        ? Optional.of(first instanceof CharSequence text ? text.toString() : first)
        : Optional.empty();
  }

  private static Object value(Object value) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  private static boolean isSame(Type type, Object one, Object other) {
    Comparator<Object> order = Comparators.forType(type.asPrimitiveType());
    return order.compare(one, other) == 0;
  }
}

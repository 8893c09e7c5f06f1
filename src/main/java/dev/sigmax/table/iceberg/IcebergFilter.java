package dev.sigmax.table.iceberg;

import dev.sigmax.spark.RowFilter;
import java.nio.ByteBuffer;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * A {@link RowFilter} as Iceberg has it. There a null is less than any value, unequal to it and
 * none of a list, so where SQL does not pick it, it is left out by name.
 */
final class IcebergFilter {
  private IcebergFilter() {}

  static Expression of(RowFilter filter) {
    if (filter instanceof RowFilter.Constant constant) {
      return constant.all() ? Expressions.alwaysTrue() : Expressions.alwaysFalse();
    }
    if (filter instanceof RowFilter.And both) {
      return Expressions.and(of(both.left()), of(both.right()));
    }
    if (filter instanceof RowFilter.Or either) {
      return Expressions.or(of(either.left()), of(either.right()));
    }
    if (filter instanceof RowFilter.Null empty) {
      return empty.missing()
          ? Expressions.isNull(empty.column())
          : Expressions.notNull(empty.column());
    }
    if (filter instanceof RowFilter.Prefixed text) {
      return text.begins()
          ? Expressions.startsWith(text.column(), text.prefix())
          : present(text.column(), Expressions.notStartsWith(text.column(), text.prefix()));
    }
    if (filter instanceof RowFilter.Listed list) {
      Object[] values = list.values().stream().map(IcebergFilter::value).toArray();
      return list.among()
          ? Expressions.in(list.column(), values)
          : present(list.column(), Expressions.notIn(list.column(), values));
    }
    return compared((RowFilter.Compared) filter);
  }

  private static Expression compared(RowFilter.Compared compared) {
    String column = compared.column();
    Object value = value(compared.value());
    return switch (compared.comparison()) {
      case EQUAL -> Expressions.equal(column, value);
      case NOT_EQUAL -> present(column, Expressions.notEqual(column, value));
      case LESS -> present(column, Expressions.lessThan(column, value));
      case LESS_OR_EQUAL -> present(column, Expressions.lessThanOrEqual(column, value));
      case GREATER -> Expressions.greaterThan(column, value);
      case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(column, value);
    };
  }

  private static Expression present(String column, Expression expression) {
    return Expressions.and(Expressions.notNull(column), expression);
  }

  private static Object value(Object value) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }
}

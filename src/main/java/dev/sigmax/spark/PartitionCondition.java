package dev.sigmax.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A condition that names partition columns alone.
 *
 * @param columns those that it names
 * @param predicate the same, asked of a row of these columns
 */
record PartitionCondition(List<String> columns, BasePredicate predicate) {

  /** The condition as Spark has it, whose columns are named as the partitions are. */
  static PartitionCondition of(Expression condition) {
    Seq<Attribute> columns = condition.references().toSeq();
    return new PartitionCondition(
        CollectionConverters.asJava(columns).stream().map(Attribute::name).toList(),
        Predicate$.MODULE$.create(condition, columns));
  }

  /** Whether it holds for these values; where it is null it does not. */
  boolean holds(Map<String, String> partition) {
    return predicate.eval(
        new GenericInternalRow(
            columns.stream().map(partition::get).map(UTF8String::fromString).toArray()));
  }
}

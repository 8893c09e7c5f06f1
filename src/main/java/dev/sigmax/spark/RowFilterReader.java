package dev.sigmax.spark;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.UsageException;
import dev.sigmax.spark.RowFilter.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryOperator;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads a SQL condition on a table's columns. Spark parses it, gives the values the columns' types
 * and simplifies it; what is left is a {@link RowFilter}, or refused by name.
 */
public final class RowFilterReader {
  private static final String TAKEN =
      "It takes columns of the table compared with values: =, <>, <, <=, >, >=, BETWEEN, IN, IS"
          + " NULL, LIKE 'begins%', AND, OR, NOT, true.";

  private final StructType columns;
  private final String where;

  private RowFilterReader(StructType columns, String where) {
    this.columns = columns;
    this.where = where;
  }

  /**
   * The rows of a table with these columns that a condition picks.
   *
   * @throws UsageException for a condition that is none, names another column, changes its meaning
   *     with time or session, or is more than comparisons with values
   */
  public static RowFilter read(SparkSession spark, StructType columns, String where) {
    return new RowFilterReader(columns, where).read(spark);
  }

  private RowFilter read(SparkSession spark) {
    LogicalPlan simplified;
    try {
      requireColumnsAndValues(
          ((org.apache.spark.sql.classic.SparkSession) spark)
              .sessionState()
              .sqlParser()
              .parseExpression(where));
      Dataset<Row> rows =
          spark.createDataFrame(
              JavaSparkContext.fromSparkContext(spark.sparkContext()).<Row>emptyRDD(), columns);
      simplified =
          ((org.apache.spark.sql.classic.Dataset<Row>) rows.where(where))
              .queryExecution()
              .optimizedPlan();
    } catch (UsageException refused) {
      throw refused;
    } catch (Exception e) {
      // Of the parser, the analyser, or a value that its column cannot have.
      String message = String.valueOf(e.getMessage()).strip();
      throw refused(message.lines().findFirst().orElse(message), e);
    }
    if (simplified instanceof Filter filter && filter.child() instanceof LeafNode) {
      return filter(filter.condition());
    }
    if (simplified instanceof LeafNode) {
      return new RowFilter.Constant(!(simplified instanceof LocalRelation));
    }
    throw refused("it reads other tables. " + TAKEN, null);
  }

  /** Spark would put the day of today, or a variable of the session, in their place. */
  private void requireColumnsAndValues(Expression parsed) {
    List<Expression> inner = CollectionConverters.asJava(parsed.children());
    if (parsed instanceof UnresolvedFunction call
        && !call.nameParts().mkString(".").equals("between")) {
      throw refused("it calls " + call.nameParts().mkString(".") + ". " + TAKEN, null);
    }
    if (parsed instanceof Attribute column && !isColumn(column.name())) {
      throw refused(
          column.name()
              + " is none of the table's columns: "
              + FewNames.of(List.of(columns.fieldNames()))
              + ".",
          null);
    }
    if (inner.isEmpty() && !(parsed instanceof Attribute) && !(parsed instanceof Literal)) {
      throw notTaken(parsed);
    }
    inner.forEach(this::requireColumnsAndValues);
  }

  private boolean isColumn(String name) {
    String bare = name.startsWith("`") ? name.substring(1, name.length() - 1) : name;
    // A field of a struct is refused later, by its text.
    return Arrays.stream(columns.fieldNames())
        .anyMatch(
            column ->
                column.equalsIgnoreCase(bare)
                    || bare.regionMatches(true, 0, column + ".", 0, column.length() + 1));
  }

  private RowFilter filter(Expression expression) {
    if (expression instanceof Not not) {
      return filter(not.child()).opposite();
    }
    if (expression instanceof BinaryOperator operator) {
      return switch (operator.sqlOperator()) {
        case "AND" -> new RowFilter.And(filter(operator.left()), filter(operator.right()));
        case "OR" -> new RowFilter.Or(filter(operator.left()), filter(operator.right()));
        case "=" -> compared(operator, Comparison.EQUAL);
        case "<" -> compared(operator, Comparison.LESS);
        case "<=" -> compared(operator, Comparison.LESS_OR_EQUAL);
        case ">" -> compared(operator, Comparison.GREATER);
        case ">=" -> compared(operator, Comparison.GREATER_OR_EQUAL);
        default -> throw notTaken(expression);
      };
    }
    if (expression instanceof In in) {
      List<Object> values = new ArrayList<>();
      for (Expression value : CollectionConverters.asJava(in.list())) {
        values.add(value(value));
      }
      return new RowFilter.Listed(comparable(in.value()), true, List.copyOf(values));
    }
    if (expression instanceof InSet in) {
      List<Object> values = new ArrayList<>();
      for (Object value : CollectionConverters.asJava(in.hset())) {
        values.add(value(Literal.create(value, in.child().dataType())));
      }
      return new RowFilter.Listed(comparable(in.child()), true, List.copyOf(values));
    }
    if (expression instanceof StartsWith starts) {
      return new RowFilter.Prefixed(
          comparable(starts.left()), true, (String) value(starts.right()));
    }
    if (expression instanceof IsNull missing) {
      return new RowFilter.Null(column(missing.child()).name(), true);
    }
    if (expression instanceof IsNotNull there) {
      return new RowFilter.Null(column(there.child()).name(), false);
    }
    if (expression instanceof Literal literal && literal.value() instanceof Boolean all) {
      return new RowFilter.Constant(all);
    }
    if (expression instanceof Attribute flag) {
      return new RowFilter.Compared(comparable(flag), Comparison.EQUAL, true);
    }
    throw notTaken(expression);
  }

  private RowFilter compared(BinaryOperator operator, Comparison comparison) {
    return operator.left() instanceof Literal
        ? new RowFilter.Compared(
            comparable(operator.right()), comparison.mirrored(), value(operator.left()))
        : new RowFilter.Compared(comparable(operator.left()), comparison, value(operator.right()));
  }

  private StructField column(Expression expression) {
    if (expression instanceof Attribute attribute) {
      for (StructField column : columns.fields()) {
        if (column.name().equalsIgnoreCase(attribute.name())) {
          return column;
        }
      }
    }
    throw notTaken(expression);
  }

  /** A column that has the same order everywhere: NaN and -0.0 have another in each system. */
  private String comparable(Expression expression) {
    StructField column = column(expression);
    DataType type = column.dataType();
    if (type instanceof IntegerType
        || type instanceof LongType
        || type instanceof StringType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof BooleanType
        || type instanceof DecimalType
        || type instanceof BinaryType) {
      return column.name();
    }
    throw refused(
        "it compares "
            + column.name()
            + ", which is "
            + type.sql()
            + ". Take a column of another type: an integer, a decimal, a date, a timestamp, a text"
            + " or a boolean.",
        null);
  }

  private Object value(Expression expression) {
    if (expression instanceof Literal literal && literal.value() != null) {
      Object value = literal.value();
      if (value instanceof UTF8String text) {
        return text.toString();
      }
      if (value instanceof Decimal decimal) {
        return decimal.toJavaBigDecimal();
      }
      return value;
    }
    throw notTaken(expression);
  }

  private UsageException notTaken(Expression expression) {
    return refused("it has " + expression.sql() + " in it. " + TAKEN, null);
  }

  private UsageException refused(String why, Exception cause) {
    return new UsageException(
        ErrorName.WHERE_CONDITION,
        "the condition --where " + where + " is not taken: " + why,
        cause);
  }
}

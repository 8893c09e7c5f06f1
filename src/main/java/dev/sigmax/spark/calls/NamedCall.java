package dev.sigmax.spark.calls;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of one of our functions in optimised and physical plans. It computes what its child does,
 * the call of a static method, and is there for people: {@code EXPLAIN} shows {@code
 * softmax(logits#3)} and not the method's class.
 */
public final class NamedCall extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Expression child;

  /** Public for Spark, which copies expressions by this constructor. */
  public NamedCall(String name, Expression child) {
    this.name = name;
    this.child = child;
  }

  /** The call of the static method in place of a named one; any other expression as it is. */
  public static Expression unnamed(Expression expression) {
    return expression instanceof NamedCall call ? call.child : expression;
  }

  /** The call of the static method. */
  Expression method() {
    return child;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public DataType dataType() {
    return child.dataType();
  }

  @Override
  public boolean nullable() {
    return child.nullable();
  }

  @Override
  public boolean foldable() {
    return child.foldable();
  }

  @Override
  public String prettyName() {
    return name;
  }

  @Override
  public String toString() {
    return child instanceof StaticInvoke call
        ? name + call.arguments().mkString("(", ", ", ")")
        : name + "(" + child + ")";
  }

  /** A constant's value becomes a literal, which shows an UnsafeArrayData as its identity. */
  @Override
  public Object eval(InternalRow input) {
    Object value = child.eval(input);
    return value instanceof UnsafeArrayData array && foldable()
        ? new GenericArrayData(array.toObjectArray(((ArrayType) dataType()).elementType()))
        : value;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return child.genCode(context);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new NamedCall(name, children.head());
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> name;
      case 1 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof NamedCall;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedCall call && call.name.equals(name) && call.child.equals(child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, child);
  }
}

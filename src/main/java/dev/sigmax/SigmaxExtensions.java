package dev.sigmax;

import dev.sigmax.columnar.ColumnarScoring;
import dev.sigmax.function.SigmaxCatalog;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.V2ExpressionUtils;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * The door for Spark sessions: with {@code spark.sql.extensions=dev.sigmax.SigmaxExtensions},
 * {@code SELECT softmax(logits)} works without a catalog's name before it.
 */
public final class SigmaxExtensions implements Function1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectColumnar(ColumnarScoring::new);
    for (UnboundFunction function : SigmaxCatalog.functions().values()) {
      extensions.injectFunction(
          new Tuple3<>(
              FunctionIdentifier.apply(function.name()),
              new ExpressionInfo(function.getClass().getName(), function.name()),
              arguments -> call(function, arguments)));
    }
    return BoxedUnit.UNIT;
  }

  private static Expression call(UnboundFunction function, Seq<Expression> arguments) {
    StructType types = new StructType();
    List<Expression> all = CollectionConverters.asJava(arguments);
    for (int i = 0; i < all.size(); i++) {
      types = types.add("argument" + i, all.get(i).dataType(), all.get(i).nullable());
    }
    ScalarFunction<?> bound = (ScalarFunction<?>) function.bind(types);
    return V2ExpressionUtils.resolveScalarFunction(bound, arguments);
  }
}

package dev.sigmax.spark.calls;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.package$;

/**
 * What Spark calls a column that has no name. The method has a second parameter from Spark 4.1 on.
 */
final class PrettySql {
  private static final Method METHOD =
      Arrays.stream(package$.class.getMethods())
          .filter(method -> method.getName().equals("toPrettySQL"))
          .findFirst()
          .orElseThrow();

  private PrettySql() {}

  static String of(Expression expression) {
    Object[] arguments =
        METHOD.getParameterCount() == 1
            ? new Object[] {expression}
            : new Object[] {expression, false};
    try {
      return (String) METHOD.invoke(package$.MODULE$, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}

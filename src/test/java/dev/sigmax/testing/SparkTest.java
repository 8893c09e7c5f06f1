package dev.sigmax.testing;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test on Spark: a session shared by all of them, a folder of its own, and comparisons of tables.
 */
public abstract class SparkTest {
  @TempDir protected Path folder;

  protected static SparkSession spark() {
    return SharedSpark.instance().spark();
  }

  /** Same schema, same rows in the same order. */
  protected static <T> void assertDatasetEquals(Dataset<T> expected, Dataset<T> actual) {
    SharedSpark.instance().assertDatasetEquals(expected, actual);
  }

  protected String path(String name) {
    return folder.resolve(name).toString();
  }
}

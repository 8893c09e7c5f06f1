package dev.sigmax.testing;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import dev.sigmax.files.LocalFiles;
import org.apache.spark.SparkConf;

/**
 * spark-testing-base's session, one for all tests; its own hooks are JUnit 4's, so it is called.
 */
final class SharedSpark extends JavaDatasetSuiteBase {
  private static final long serialVersionUID = 1L;
  private static SharedSpark instance;

  static synchronized SharedSpark instance() {
    if (instance == null) {
      instance = new SharedSpark();
      instance.runBefore();
    }
    return instance;
  }

  @Override
  public boolean enableHiveSupport() {
    return false;
  }

  @Override
  public SparkConf conf() {
    return new SparkConf()
        .setMaster("local[2]")
        .setAppName("sigmax-tests")
        .set("spark.ui.enabled", "false")
        .set("spark.hadoop." + LocalFiles.SETTING, LocalFiles.class.getName())
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.sql.session.timeZone", "UTC")
        .set("spark.sql.shuffle.partitions", "2")
        .set("spark.sql.extensions", "dev.sigmax.SigmaxExtensions")
        .set("spark.sql.catalog.sigmax", "dev.sigmax.function.SigmaxCatalog");
  }
}

package dev.sigmax.table.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.UsageException;
import dev.sigmax.testing.SparkMinor;
import dev.sigmax.testing.SparkTest;
import org.junit.jupiter.api.Test;

/** Without Iceberg a person is told which package to take. */
class TableLibraryTest extends SparkTest {
  @Test
  void aMissingLibraryIsNamedWithItsPackage() {
    ClassLoader none = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
    UsageException refused =
        assertThrows(UsageException.class, () -> TableLibrary.ICEBERG.require(spark(), none));
    assertTrue(
        refused.getMessage().contains("--packages org.apache.iceberg:iceberg-spark-runtime-"));
  }

  @Test
  void theLibraryIsThereInTests() {
    TableLibrary.ICEBERG.require(spark());
    if (SparkMinor.hasParquetForDelta()) {
      TableLibrary.DELTA.require(spark());
    } else {
      assertThrows(UsageException.class, () -> TableLibrary.DELTA.require(spark()));
    }
  }

  @Test
  void aParquetThatIsTooOldForTheLibraryIsRefusedBeforeAnyWork() {
    ClassLoader ofSpark40 =
        new ClassLoader(TableLibraryTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.contains("GeometryLogicalTypeAnnotation")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        };
    TableLibrary.ICEBERG.require(spark(), ofSpark40);
    UsageException refused =
        assertThrows(UsageException.class, () -> TableLibrary.DELTA.require(spark(), ofSpark40));
    assertTrue(
        refused.getMessage().contains("Delta cannot read all of its tables with the Parquet"),
        refused.getMessage());
  }

  @Test
  void thePackageIsThatOfSparksMinor() {
    assertEquals(
        "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.11.0",
        TableLibrary.ICEBERG.coordinate("4.0.1"));
    assertEquals(
        "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.12.0",
        TableLibrary.ICEBERG.coordinate("4.1.0"));
    assertEquals("io.delta:delta-spark_4.1_2.13:4.4.0", TableLibrary.DELTA.coordinate("4.1.2"));
  }
}

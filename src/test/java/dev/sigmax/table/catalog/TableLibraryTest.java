package dev.sigmax.table.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.UsageException;
import dev.sigmax.testing.SparkTest;
import org.junit.jupiter.api.Test;

/** Without Iceberg a person is told which package to take. */
class TableLibraryTest extends SparkTest {
  @Test
  void aMissingLibraryIsNamedWithItsPackage() {
    ClassLoader none = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
    UsageException refused =
        assertThrows(UsageException.class, () -> TableLibrary.require(spark(), none));
    assertTrue(
        refused.getMessage().contains("--packages org.apache.iceberg:iceberg-spark-runtime-"));
  }

  @Test
  void theLibraryIsThereInTests() {
    TableLibrary.require(spark());
  }

  @Test
  void thePackageIsThatOfSparksMinor() {
    assertEquals(
        "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.12.0",
        TableLibrary.coordinate("4.0.1"));
  }
}

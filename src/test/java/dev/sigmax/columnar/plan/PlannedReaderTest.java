package dev.sigmax.columnar.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.spark.FileSections;
import dev.sigmax.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PlannedReaderTest extends SparkTest {
  private static String of(Dataset<Row> table) {
    return PlannedReader.of(
        ((org.apache.spark.sql.classic.Dataset<Row>) table).queryExecution().analyzed());
  }

  @Test
  void arrowHasRecordBatchesAndParquetHasPages() {
    StructType columns = new StructType().add("logit", DataTypes.FloatType);
    assertEquals(
        "record batches read by Sigmax",
        of(ArrowTable.read(spark(), List.of(), List.of(), columns, FileSections.NONE)));
    assertEquals("pages read by Sigmax", of(spark().read().parquet("jobs/data/digits.parquet")));
    assertEquals("pages read by Spark because of it", PlannedReader.ofPages(Optional.of("of it")));
  }
}

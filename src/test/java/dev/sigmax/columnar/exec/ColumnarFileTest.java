package dev.sigmax.columnar.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.parquet.hadoop.codec.SnappyCodec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnarFileTest {
  @TempDir private Path folder;

  @Test
  void aFileThatCannotBeMadeGivesItsCompressorBack() throws IOException {
    Path occupied = Files.createDirectory(folder.resolve("a.parquet"));
    Configuration configuration = new Configuration();
    configuration.setBoolean("spark.sql.parquet.writeLegacyFormat", false);
    configuration.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    configuration.setBoolean("spark.sql.parquet.fieldId.write.enabled", false);
    configuration.setBoolean("spark.sql.parquet.variant.annotateLogicalType.enabled", false);
    configuration.set("parquet.compression", "SNAPPY");
    int lent = CodecPool.getLeasedCompressorsCount(new SnappyCodec());
    assertThrows(
        IOException.class,
        () ->
            new ColumnarFile(
                occupied.toString(),
                new StructType().add("id", DataTypes.LongType),
                Set.of(),
                configuration));
    assertEquals(lent, CodecPool.getLeasedCompressorsCount(new SnappyCodec()));
  }
}

package dev.sigmax.parquet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetReadSupport;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A file's columns as Spark types: what Spark wrote beside the Parquet schema where it fits, else
 * converted. A column without a Spark type does not spoil the others.
 */
record SparkSchema(StructType columns, Map<String, String> unsupported) {

  static SparkSchema of(FileMetaData metadata) {
    MessageType parquet = metadata.getSchema();
    StructType written = written(metadata);
    if (written != null && sameNames(written, parquet)) {
      return new SparkSchema(written, Map.of());
    }
    ParquetToSparkSchemaConverter converter =
        new ParquetToSparkSchemaConverter(false, true, true, true, false, false, false);
    try {
      return new SparkSchema(converter.convert(parquet), Map.of());
    } catch (Exception e) {
      // Spark's refusal of a type is a checked exception that its method does not declare.
      return oneByOne(parquet, converter);
    }
  }

  private static SparkSchema oneByOne(
      MessageType parquet, ParquetToSparkSchemaConverter converter) {
    StructType columns = new StructType();
    Map<String, String> unsupported = new LinkedHashMap<>();
    for (Type field : parquet.getFields()) {
      try {
        columns = columns.add(converter.convert(new MessageType("column", field)).fields()[0]);
      } catch (Exception e) {
        unsupported.put(field.getName(), field.toString().replaceAll("\\s+", " "));
      }
    }
    return new SparkSchema(columns, unsupported);
  }

  private static StructType written(FileMetaData metadata) {
    String json = metadata.getKeyValueMetaData().get(ParquetReadSupport.SPARK_METADATA_KEY());
    if (json == null) {
      return null;
    }
    try {
      return DataType.fromJson(json) instanceof StructType struct ? struct : null;
    } catch (Exception e) {
      // A type of a class that is not here, or an old form: the Parquet schema says enough.
      return null;
    }
  }

  private static boolean sameNames(StructType written, MessageType parquet) {
    return Arrays.asList(written.fieldNames())
        .equals(parquet.getFields().stream().map(Type::getName).toList());
  }
}

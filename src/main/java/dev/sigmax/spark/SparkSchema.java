package dev.sigmax.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetColumn;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A file's columns as Spark types: the Parquet schema converted, with what Spark wrote beside it
 * where that only adds to it. A column without a Spark type does not spoil the others.
 */
public record SparkSchema(StructType columns, Map<String, String> unsupported) {
  /**
   * The session settings by which a footer's columns become Spark's: a session that reads the files
   * has to have them too.
   */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.caseSensitive", "true",
          "spark.sql.parquet.binaryAsString", "false",
          "spark.sql.parquet.int96AsTimestamp", "true",
          "spark.sql.parquet.inferTimestampNTZ.enabled", "true",
          "spark.sql.legacy.parquet.nanosAsLong", "false");

  public static SparkSchema of(FileMetaData metadata) {
    MessageType parquet = metadata.getSchema();
    RowMetadata written = RowMetadata.of(metadata);
    ParquetToSparkSchemaConverter converter = converter();
    try {
      return new SparkSchema(converted(parquet, converter, written), Map.of());
    } catch (Exception e) {
      // Spark's refusal of a type is a checked exception that its method does not declare.
      return oneByOne(parquet, converter, written);
    }
  }

  private static ParquetToSparkSchemaConverter converter() {
    Configuration configuration = new Configuration(false);
    SETTINGS.forEach(configuration::set);
    return new ParquetToSparkSchemaConverter(configuration);
  }

  private static StructType converted(
      MessageType parquet, ParquetToSparkSchemaConverter converter, RowMetadata written) {
    ParquetColumn root = converter.convertParquetColumn(parquet, Option.empty());
    List<ParquetColumn> children = CollectionConverters.asJava(root.children());
    StructField[] fields = ((StructType) root.sparkType()).fields();
    for (int i = 0; i < fields.length; i++) {
      fields[i] = written.field(fields[i], children.get(i));
    }
    return new StructType(fields);
  }

  private static SparkSchema oneByOne(
      MessageType parquet, ParquetToSparkSchemaConverter converter, RowMetadata written) {
    StructType columns = new StructType();
    Map<String, String> unsupported = new LinkedHashMap<>();
    for (Type field : parquet.getFields()) {
      try {
        MessageType alone = new MessageType("column", field);
        columns = columns.add(converted(alone, converter, written).fields()[0]);
      } catch (Exception e) {
        unsupported.put(field.getName(), field.toString().replaceAll("\\s+", " "));
      }
    }
    return new SparkSchema(columns, unsupported);
  }
}

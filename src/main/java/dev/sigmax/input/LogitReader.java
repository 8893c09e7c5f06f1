package dev.sigmax.input;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads exactly the files of a snapshot, page checksums verified, through Spark's Parquet reader.
 */
public final class LogitReader {
  /** What Spark's reader is told, whatever the cluster's defaults say. */
  private static final List<Tuple2<String, String>> OPTIONS =
      List.of(
          new Tuple2<>("parquet.page.verify-checksum.enabled", "true"),
          // Else parquet-java refuses files of old writers (PARQUET-246). It decides how MapReduce
          // splits a file; Spark splits between row groups, which is right for these.
          new Tuple2<>("parquet.split.files", "false"),
          new Tuple2<>("ignoreCorruptFiles", "false"),
          new Tuple2<>("ignoreMissingFiles", "false"),
          new Tuple2<>("datetimeRebaseMode", "CORRECTED"),
          new Tuple2<>("int96RebaseMode", "CORRECTED"));

  private LogitReader() {}

  /** All rows of the table. */
  public static Dataset<Row> read(SparkSession spark, InputTable table) {
    return read(spark, table, table.snapshot().files());
  }

  /** The rows of one file of the table. */
  public static Dataset<Row> read(SparkSession spark, InputTable table, InputFile file) {
    return read(spark, table, List.of(file));
  }

  private static Dataset<Row> read(SparkSession spark, InputTable table, List<InputFile> files) {
    FileIndex index = new SnapshotFileIndex(files, table.snapshot().partitionColumns());
    Map<String, String> options = Map$.MODULE$.from(CollectionConverters.asScala(OPTIONS));
    Dataset<Row> rows =
        spark.baseRelationToDataFrame(
            new HadoopFsRelation(
                index,
                index.partitionSchema(),
                table.columns(),
                Option.empty(),
                new ParquetFileFormat(),
                options,
                (org.apache.spark.sql.classic.SparkSession) spark));
    for (java.util.Map.Entry<String, List<String>> field : table.nested().entrySet()) {
      rows = rows.withColumn(field.getKey(), column(rows, field.getValue()));
    }
    return rows;
  }

  private static Column column(Dataset<Row> rows, List<String> path) {
    Column column = rows.col("`" + path.get(0).replace("`", "``") + "`");
    for (String field : path.subList(1, path.size())) {
      column = column.getField(field);
    }
    return column;
  }
}

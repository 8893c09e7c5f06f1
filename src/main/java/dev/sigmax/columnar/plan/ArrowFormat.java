package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.scan.ArrowScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Arrow IPC files and streams as a format of Spark's scan of files, which gives it parts of files,
 * their partitions and the place of each row. Always read in batches: where rows are wanted, Spark
 * takes them out. Filters leave nothing out.
 */
final class ArrowFormat implements FileFormat, java.io.Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Option<StructType> inferSchema(
      SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
    throw new UnsupportedOperationException("the preflight knows the columns");
  }

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session, Job job, Map<String, String> options, StructType schema) {
    throw new UnsupportedOperationException("Sigmax writes no Arrow files");
  }

  @Override
  public boolean supportBatch(SparkSession session, StructType schema) {
    return true;
  }

  /** Between rows, where a record batch can be cut. */
  @Override
  public boolean isSplitable(SparkSession session, Map<String, String> options, Path path) {
    return true;
  }

  /** With the place of each row in its file, by the name that it has for Parquet. */
  @Override
  public Seq<StructField> metadataSchemaFields() {
    List<StructField> fields =
        new ArrayList<>(CollectionConverters.asJava(FileFormat.BASE_METADATA_FIELDS()));
    fields.add(ParquetFileFormat.ROW_INDEX_FIELD());
    return CollectionConverters.asScala(fields).toSeq();
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoop) {
    return new ArrowScan(
        requiredSchema,
        partitionSchema,
        session
            .sparkContext()
            .broadcast(
                new SerializableConfiguration(hadoop),
                ClassTag$.MODULE$.apply(SerializableConfiguration.class)));
  }

  // Spark compares plans by their formats.
  @Override
  public boolean equals(Object other) {
    return other instanceof ArrowFormat;
  }

  @Override
  public int hashCode() {
    return ArrowFormat.class.hashCode();
  }

  @Override
  public String toString() {
    return "Arrow";
  }
}

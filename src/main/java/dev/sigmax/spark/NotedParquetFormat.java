package dev.sigmax.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.StructType;

/** Spark's Parquet, whose files have in their footers the {@link FooterNotes} of their tasks. */
public final class NotedParquetFormat extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession session,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    OutputWriterFactory factory = super.prepareWrite(session, job, options, schema);
    ParquetOutputFormat.setWriteSupportClass(job, NotedWriteSupport.class);
    return factory;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NotedParquetFormat;
  }

  @Override
  public int hashCode() {
    return NotedParquetFormat.class.hashCode();
  }

  /** Spark's, and the notes at a file's end. */
  public static final class NotedWriteSupport extends ParquetWriteSupport {
    @Override
    public WriteContext init(Configuration configuration) {
      WriteContext context = super.init(configuration);
      return new WriteContext(
          FieldIds.of(configuration).on(context.getSchema()), context.getExtraMetaData());
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
      Map<String, String> notes = new HashMap<>(super.finalizeWrite().getExtraMetaData());
      notes.putAll(FooterNotes.take());
      return new FinalizedWriteContext(notes);
    }
  }
}

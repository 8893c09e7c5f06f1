package dev.sigmax.columnar.scan;

import dev.sigmax.parquet.footer.SharedFooters;
import dev.sigmax.parquet.read.FileColumns;
import dev.sigmax.parquet.read.UnsupportedFile;
import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.DataSourceUtils;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Reads the files of a scan by our page reader, and by Spark's those that it does not serve. Both
 * give batches of the same rows and columns; which row groups belong to a part of a file is
 * parquet-java's answer for both.
 */
public final class PageScan extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Parquet's setting, which is off where nobody makes it; to check costs next to nothing here. */
  private static final String CHECKSUMS = "parquet.page.verify-checksum.enabled";

  private static final String CORRECTED = "CORRECTED";
  private static final Logger LOG = LoggerFactory.getLogger(PageScan.class);

  /**
   * What is read.
   *
   * @param columns of the files, in order
   * @param ids by which the files have them; none where it is by name
   * @param partition behind them, one value a file
   * @param batchRows rows of a batch
   * @param alone whether Spark's reader must not read a file that this one does not serve
   * @param rebaseMode of dates and timestamps in files that do not say theirs
   */
  public record Request(
      StructType columns,
      FieldIds ids,
      StructType partition,
      int batchRows,
      boolean caseSensitive,
      boolean alone,
      String rebaseMode)
      implements Serializable {}

  private final SparkScan spark;
  private final Request request;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * The files of a request.
   *
   * @param spark reads a file that is not served here
   */
  public PageScan(SparkScan spark, Request request, Broadcast<SerializableConfiguration> hadoop) {
    this.spark = spark;
    this.request = request;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile part) {
    try {
      return ownBatches(part);
    } catch (UnsupportedFile unsupported) {
      if (request.alone()) {
        throw new IllegalStateException(
            "no reader can read the file in batches: " + unsupported.getMessage(), unsupported);
      }
      LOG.info("Spark's reader reads {}: {}.", part.toPath(), unsupported.getMessage());
      return spark.apply(part);
    }
  }

  // Spark's scan takes batches under the type of rows, and so its own readers give them.
  @SuppressWarnings("unchecked")
  private Iterator<InternalRow> ownBatches(PartitionedFile part) throws UnsupportedFile {
    Configuration conf = hadoop.value().value();
    HadoopInputFile file;
    ParquetMetadata footer;
    try {
      file = HadoopInputFile.fromPath(part.toPath(), conf);
      footer = footer(file, part, conf);
    } catch (IOException | RuntimeException e) {
      if (request.alone()) {
        // A store may fail once: then Spark's reader would open the file, and misread it.
        Platform.throwException(e);
      }
      // It has its own words for a file that it cannot open either.
      LOG.info("Spark's reader reads {}, whose footer cannot be read: {}.", part.toPath(), e);
      return spark.apply(part);
    }
    FileColumns columns =
        FileColumns.find(
            footer, request.columns(), request.ids(), request.caseSensitive(), isCorrected(footer));
    PageIterator batches =
        new PageIterator(file, columns, request, part, conf.getBoolean(CHECKSUMS, true));
    return (Iterator<InternalRow>) (Iterator<?>) batches;
  }

  /** The footer of a file with the row groups of a part of it. */
  static ParquetMetadata footer(HadoopInputFile file, PartitionedFile part, Configuration conf)
      throws IOException {
    long end = part.start() + part.length();
    ParquetReadOptions options =
        HadoopReadOptions.builder(conf, part.toPath()).withRange(part.start(), end).build();
    return SharedFooters.read(file, part.modificationTime(), options, part.start(), end);
  }

  private boolean isCorrected(ParquetMetadata footer) {
    Map<String, String> keys = footer.getFileMetaData().getKeyValueMetaData();
    return DataSourceUtils.datetimeRebaseSpec(
            new AbstractFunction1<String, String>() {
              @Override
              public String apply(String key) {
                return keys.get(key);
              }
            },
            request.rebaseMode())
        .mode()
        .toString()
        .equals(CORRECTED);
  }
}

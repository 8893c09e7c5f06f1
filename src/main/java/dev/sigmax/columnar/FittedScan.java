package dev.sigmax.columnar;

import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A scan made fit for what it reads: batches that stay in a processor's cache, and for this
 * machine's files no vectored reads. Those hand each range to a thread of their own and wait for
 * it, which pays where a request travels and costs a fifth of a task's time where it does not. A
 * setting that the user made stays.
 */
final class FittedScan {
  private static final Logger LOG = LoggerFactory.getLogger(FittedScan.class);
  private static final String VECTORED_READS = "parquet.hadoop.vectored.io.enabled";

  private final FileSourceScanExec scan;
  private final SQLConf conf;
  private final Configuration hadoop;

  FittedScan(FileSourceScanExec scan, SQLConf conf, Configuration hadoop) {
    this.scan = scan;
    this.conf = conf;
    this.hadoop = hadoop;
  }

  /** The scan, as it is or fitted to the rows that these calls score. */
  FileSourceScanExec of(List<Scoring> scorings) {
    HadoopFsRelation relation = scan.relation();
    boolean direct = !relation.options().contains(VECTORED_READS) && isLocal(relation);
    boolean sized = !conf.contains(BatchRows.SETTING);
    if (!direct && !sized) {
      return scan;
    }
    Map<String, String> options = new HashMap<>(CollectionConverters.asJava(relation.options()));
    if (direct) {
      options.put(VECTORED_READS, "false");
    }
    HadoopFsRelation fitted =
        new HadoopFsRelation(
            relation.location(),
            relation.partitionSchema(),
            relation.dataSchema(),
            relation.bucketSpec(),
            sized ? new FittedParquet(BatchRows.of(logitsInARow(scorings))) : relation.fileFormat(),
            Map$.MODULE$.from(CollectionConverters.asScala(options)),
            relation.sparkSession());
    FileSourceScanExec replaced =
        new FileSourceScanExec(
            fitted,
            scan.stream(),
            scan.output(),
            scan.requiredSchema(),
            scan.partitionFilters(),
            scan.optionalBucketSet(),
            scan.optionalNumCoalescedBuckets(),
            scan.dataFilters(),
            scan.tableIdentifier(),
            scan.disableBucketedScan());
    replaced.copyTagsFrom(scan);
    return replaced;
  }

  private long logitsInARow(List<Scoring> scorings) {
    long most = 1;
    for (Scoring scoring : scorings) {
      LogitSource source = scoring.logits();
      most =
          Math.max(
              most,
              source.array()
                  ? lengthOf(scan.output().apply(source.ordinals().get(0)))
                  : source.ordinals().size());
    }
    return most;
  }

  /** The mean length of an array in the first file, by its footer; 1 where that cannot be read. */
  private long lengthOf(Attribute array) {
    String[] files = scan.relation().location().inputFiles();
    if (files.length == 0) {
      return 1;
    }
    long values = 0;
    long rows = 0;
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new Path(files[0]), hadoop),
            HadoopReadOptions.builder(hadoop).build())) {
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        rows += rowGroup.getRowCount();
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
          if (chunk.getPath().toArray()[0].equalsIgnoreCase(array.name())) {
            values += chunk.getValueCount();
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // The scan will meet it too, and tell it better.
      LOG.warn("No footer of {} to fit batches to", files[0], e);
    }
    return rows == 0 ? 1 : values / rows;
  }

  private boolean isLocal(HadoopFsRelation relation) {
    Seq<Path> roots = relation.location().rootPaths();
    try {
      return !roots.isEmpty() && LocalFiles.serves(roots.head().getFileSystem(hadoop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

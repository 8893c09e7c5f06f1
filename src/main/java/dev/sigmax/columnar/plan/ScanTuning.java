package dev.sigmax.columnar.plan;

import dev.sigmax.columnar.score.LogitSource;
import dev.sigmax.columnar.score.ScoreCall;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.parquet.footer.RowSize;
import dev.sigmax.parquet.vector.BatchRows;
import dev.sigmax.spark.IdentifiedParquetFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A scan made fit for what it reads: batches that stay in a processor's cache, and for this
 * machine's files no vectored reads. Those hand each range to a thread of their own and wait for
 * it, which pays where a request travels and costs a fifth of a task's time where it does not. A
 * setting that the user made stays.
 */
final class ScanTuning {
  private static final String VECTORED_READS = "parquet.hadoop.vectored.io.enabled";

  private final FileSourceScanExec scan;
  private final SQLConf conf;
  private final Configuration hadoop;

  ScanTuning(FileSourceScanExec scan, SQLConf conf, Configuration hadoop) {
    this.scan = scan;
    this.conf = conf;
    this.hadoop = hadoop;
  }

  /** The scan, fitted to the rows that these calls score and read by our page reader. */
  FileSourceScanExec of(List<ScoreCall> scorings) {
    HadoopFsRelation relation = scan.relation();
    boolean direct = !relation.options().contains(VECTORED_READS) && isLocal(relation);
    boolean sized = !conf.contains(BatchRows.SETTING);
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
            new TunedParquetFormat(
                sized ? batchRows(scorings) : conf.parquetVectorizedReaderBatchSize(),
                IdentifiedParquetFormat.idsOf(relation.fileFormat())),
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

  private int batchRows(List<ScoreCall> scorings) {
    long logits = 1;
    Set<String> arrays = new HashSet<>();
    for (ScoreCall scoring : scorings) {
      LogitSource source = scoring.logits();
      if (source.array()) {
        arrays.add(scan.output().apply(source.ordinals().get(0)).name());
      } else {
        logits = Math.max(logits, source.ordinals().size());
      }
    }
    // Numbers take few bytes: a footer is worth its request where a row may be long.
    if (arrays.isEmpty() && !anyOfAnyLength()) {
      return BatchRows.of(logits, 0);
    }
    RowSize row = rowOfFirstFile(arrays);
    return BatchRows.of(Math.max(logits, row.longest()), row.bytes());
  }

  private boolean anyOfAnyLength() {
    return CollectionConverters.asJava(scan.output()).stream()
        .map(Attribute::dataType)
        .anyMatch(type -> type instanceof StringType || type instanceof BinaryType);
  }

  private RowSize rowOfFirstFile(Set<String> arrays) {
    Optional<Path> first = firstFile();
    if (first.isEmpty()) {
      return RowSize.UNKNOWN;
    }
    Set<String> read = new HashSet<>();
    CollectionConverters.asJava(scan.output()).forEach(column -> read.add(column.name()));
    return RowSize.of(
        first.get(),
        hadoop,
        read,
        arrays,
        IdentifiedParquetFormat.idsOf(scan.relation().fileFormat()));
  }

  /** From the listing: the index's {@code inputFiles} are encoded URIs, mostly. */
  private Optional<Path> firstFile() {
    Seq<Expression> none = CollectionConverters.asScala(List.<Expression>of()).toSeq();
    for (PartitionDirectory directory :
        CollectionConverters.asJava(scan.relation().location().listFiles(none, none))) {
      if (directory.files().nonEmpty()) {
        return Optional.of(directory.files().head().getPath());
      }
    }
    return Optional.empty();
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

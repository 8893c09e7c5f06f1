package dev.sigmax.columnar;

import dev.sigmax.files.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A scan of this machine's files without vectored reads. Those hand each range to a thread of their
 * own and wait for it, which pays where a request travels and costs a fifth of a task's time where
 * it does not.
 */
final class LocalScan {
  private static final String VECTORED_READS = "parquet.hadoop.vectored.io.enabled";

  private LocalScan() {}

  /** The scan, as it is or as a local one; an option that the user set stays. */
  static FileSourceScanExec of(FileSourceScanExec scan, Configuration hadoop) {
    HadoopFsRelation relation = scan.relation();
    Seq<Path> roots = relation.location().rootPaths();
    if (roots.isEmpty()
        || relation.options().contains(VECTORED_READS)
        || !isLocal(roots.head(), hadoop)) {
      return scan;
    }
    Map<String, String> options = new HashMap<>(CollectionConverters.asJava(relation.options()));
    options.put(VECTORED_READS, "false");
    HadoopFsRelation local =
        new HadoopFsRelation(
            relation.location(),
            relation.partitionSchema(),
            relation.dataSchema(),
            relation.bucketSpec(),
            relation.fileFormat(),
            Map$.MODULE$.from(CollectionConverters.asScala(options)),
            relation.sparkSession());
    FileSourceScanExec replaced =
        new FileSourceScanExec(
            local,
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

  private static boolean isLocal(Path path, Configuration hadoop) {
    try {
      return LocalFiles.serves(path.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import dev.sigmax.spark.FieldIds;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.OutputTable;
import dev.sigmax.table.RunTrace;
import dev.sigmax.table.TableColumns;
import dev.sigmax.table.TableOverwrite;
import dev.sigmax.table.TablePartitions;
import io.delta.kernel.Snapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A Delta table that runs publish to. Its data lies in its folder, beside its log. */
final class DeltaTable implements OutputTable {
  private final DeltaLog log;
  private final Snapshot snapshot;

  private DeltaTable(DeltaLog log, Snapshot snapshot) {
    this.log = log;
    this.snapshot = snapshot;
  }

  /** The table; refused where it is not served. */
  static OutputTable served(DeltaLog log) {
    LogStores.requireExclusive(log);
    Snapshot snapshot = log.snapshot();
    new TableNeeds(log, snapshot).requireServed(log);
    return new DeltaTable(log, snapshot);
  }

  @Override
  public String dataLocation() {
    return log.location();
  }

  @Override
  public void requireFits(StructType output) {
    new TableColumns(log.table(), TableNeeds.columns(snapshot)).require(output);
    partitions().requireIn(output);
  }

  @Override
  public TablePartitions partitions() {
    return DeltaPartitions.of(log.table(), snapshot).partitions();
  }

  @Override
  public FieldIds fieldIds(StructType output) {
    return FieldIds.NONE;
  }

  @Override
  public RunTrace withFingerprint(String fingerprint) throws IOException {
    return new DeltaRuns(log).withFingerprint(fingerprint);
  }

  @Override
  public RunTrace withRunId(String runId) throws IOException {
    return new DeltaRuns(log).withRunId(runId);
  }

  @Override
  public void requireCommits() throws IOException {
    LogStores.requireLinks(log);
  }

  @Override
  public Optional<CommittedRun> last(Predicate<CommittedRun> wanted) throws IOException {
    return new DeltaRuns(log).last(wanted);
  }

  /** On top of the table as it was opened: a change of its columns since is a conflict. */
  @Override
  public void append(Path folder, Manifest manifest) throws IOException {
    new DeltaCommit(log, snapshot, folder.getName(), manifest, Optional.empty()).commit();
  }

  @Override
  public TableOverwrite overwrite(SparkSession session, String where) {
    return new DeltaOverwrite(session, log, snapshot, where);
  }
}

package dev.sigmax.table.iceberg;

import dev.sigmax.error.Denial;
import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommitRefusal;
import dev.sigmax.table.CommittedRun;
import dev.sigmax.table.OverwriteRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit of a run: exactly the files of its manifest, once. */
final class TableCommit {
  private static final Logger LOG = LoggerFactory.getLogger(TableCommit.class);

  private final String name;
  private final Table table;
  private final Configuration configuration;
  private final String folder;
  private final Manifest manifest;
  private final CommitRefusal refusal;

  /**
   * A commit that is not made yet.
   *
   * @param folder where the files are, among the table's data
   */
  TableCommit(
      String name, Table table, Configuration configuration, Path folder, Manifest manifest) {
    this.name = name;
    this.table = table;
    this.configuration = configuration;
    // As the table is to name it.
    this.folder = IcebergTable.dataLocation(table) + "/" + folder.getName();
    this.manifest = manifest;
    this.refusal = new CommitRefusal(name, manifest.runId(), this.folder);
  }

  void append() {
    AppendFiles append = table.newAppend();
    dataFiles().forEach(append::appendFile);
    commit(append, Optional.empty());
  }

  void overwrite(IcebergOverwrite overwrite) {
    commit(overwrite.with(dataFiles()), Optional.of(overwrite));
  }

  /** Files without rows say nothing to a table. */
  private List<DataFile> dataFiles() {
    List<DataFile> files = new ArrayList<>();
    for (Manifest.PartFile part : manifest.output().files()) {
      if (part.rows() > 0) {
        files.add(dataFile(part));
      }
    }
    return files;
  }

  private DataFile dataFile(Manifest.PartFile part) {
    String location = folder + "/" + part.path();
    InputFile file = table.io().newInputFile(location, part.bytes());
    FooterMetrics footer = FooterMetrics.of(file, configuration);
    Metrics metrics = footer.wanted(MetricsConfig.forTable(table));
    if (metrics.recordCount() != part.rows()) {
      throw new IllegalStateException(
          location
              + " has "
              + metrics.recordCount()
              + " rows, and "
              + part.rows()
              + " were counted");
    }
    DataFiles.Builder described =
        DataFiles.builder(table.spec())
            .withPath(location)
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(part.bytes())
            .withMetrics(metrics);
    if (table.spec().isPartitioned()) {
      described.withPartition(
          FilePartition.of(table.spec(), footer)
              .orElseThrow(
                  () -> FilePartition.fields(name, table.spec()).mixedInPart(part.path())));
    }
    return described.build();
  }

  private <T extends SnapshotUpdate<T>> void commit(
      T update, Optional<IcebergOverwrite> overwrite) {
    CommittedRun.summary(
            manifest.runId(), manifest.fingerprint(), manifest.versions().sigmax(), folder)
        .forEach(update::set);
    overwrite.ifPresent(rows -> CommittedRun.summaryOfOverwrite(rows.where()).forEach(update::set));
    // What a run overwrites may be its own rows, once they were replaced by others.
    Optional<Long> start = overwrite.flatMap(IcebergOverwrite::start);
    update.validateWith(ancestors -> isNew(ancestors, start));
    DiscardedFiles discarded = new DiscardedFiles();
    update.deleteWith(discarded);
    try {
      update.commit();
      discarded.remove(table.io());
    } catch (VirtualMachineError memory) {
      // It would end the look at the history as well.
      throw memory;
    } catch (RuntimeException | Error failure) {
      // Whatever it is, it may have come after the table had the run: Hadoop's local disk throws an
      // error where it is full, which is as likely in what Iceberg writes behind a commit.
      if (isCommitted(failure)) {
        return;
      }
      if (!(failure instanceof CommitStateUnknownException)) {
        discarded.remove(table.io());
      }
      throw notCommitted(failure, overwrite);
    }
  }

  /** Whether the run is not in the table yet, asked before each try; an earlier try may be. */
  private boolean isNew(Iterable<Snapshot> ancestors, Optional<Long> start) {
    for (Snapshot snapshot : ancestors) {
      if (Optional.of(snapshot.snapshotId()).equals(start)) {
        return true;
      }
      if (CommittedRun.is(snapshot.summary(), manifest.fingerprint())) {
        return false;
      }
    }
    return true;
  }

  private boolean isThis(CommittedRun run) {
    return run.folder().equals(new Path(folder));
  }

  /** What there is to say where the history does not have the run. */
  private RuntimeException notCommitted(Throwable failure, Optional<IcebergOverwrite> overwrite) {
    if (failure instanceof CommitStateUnknownException unknown) {
      return refusal.notAnswered("the catalog", unknown, unknown);
    }
    if (failure instanceof ValidationException invalid) {
      return overtaken(invalid, overwrite);
    }
    requireNotDenied(failure);
    if (failure instanceof CommitFailedException conflict) {
      return refusal.conflict(
          conflict.getMessage(), ", or raise the table's commit.retry.num-retries", conflict);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private void requireNotDenied(Throwable failure) {
    Optional<Throwable> denial = Denial.in(failure);
    if (denial.isPresent()) {
      throw refusal.denied(denial.get(), failure);
    }
  }

  /** Whether the run is in the history all the same: what was thrown does not say. */
  private boolean isCommitted(Throwable failure) {
    boolean committed;
    try {
      table.refresh();
      committed = TableHistory.of(table).run(this::isThis).isPresent();
    } catch (RuntimeException | Error again) {
      failure.addSuppressed(again);
      if (Denial.in(failure).isPresent() && Denial.in(again).isPresent()) {
        return false;
      }
      throw refusal.unclear("the table's history cannot be read: " + again.getMessage(), failure);
    }
    if (committed) {
      LOG.warn("{} has the run, though its catalog said: {}", name, failure.toString());
    }
    return committed;
  }

  private RuntimeException overtaken(
      ValidationException invalid, Optional<IcebergOverwrite> overwrite) {
    TableHistory history = TableHistory.of(table);
    Optional<CommittedRun> same =
        overwrite
            .flatMap(IcebergOverwrite::start)
            .map(history::since)
            .orElse(history)
            .run(run -> run.fingerprint().equals(manifest.fingerprint()));
    if (same.isPresent()) {
      return refusal.overtaken(same.map(CommittedRun::runId), invalid);
    }
    return overwrite
        .<RuntimeException>map(
            replacing ->
                new OverwriteRefusal(name, replacing.where())
                    .rowsChanged(manifest.runId(), invalid.getMessage(), invalid))
        .orElse(invalid);
  }
}

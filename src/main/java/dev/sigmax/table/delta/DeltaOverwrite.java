package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.spark.RowFilterReader;
import dev.sigmax.table.OverwriteRefusal;
import dev.sigmax.table.TableOverwrite;
import dev.sigmax.table.delta.DeltaCommits.Commit;
import dev.sigmax.table.delta.DeltaCommits.FileAction;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a table that make room for those of a run: what a condition picks, in whole files, as
 * they were when the run began.
 */
final class DeltaOverwrite implements TableOverwrite {
  private final DeltaLog log;
  private final Snapshot start;
  private final String where;
  private final FilePicks picks;
  private final OverwriteRefusal refusal;
  private Optional<Set<String>> holding = Optional.empty();

  /** The condition is refused where it is more than comparisons of columns with values. */
  DeltaOverwrite(SparkSession spark, DeltaLog log, Snapshot start, String where) {
    new TableNeeds(log, start).requireOverwritten();
    this.log = log;
    this.start = start;
    this.where = where;
    this.picks =
        new FilePicks(
            spark,
            log,
            start,
            where,
            RowFilterReader.read(spark, TableNeeds.columns(start), where));
    this.refusal = new OverwriteRefusal(log.table(), where);
  }

  @Override
  public String where() {
    return where;
  }

  /** {@inheritDoc} One is where a file has rows that the condition picks and others. */
  @Override
  public void requireWholeFiles() {
    try {
      holding();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit(Path folder, Manifest manifest) throws IOException {
    new DeltaCommit(log, start, folder.getName(), manifest, Optional.of(this)).commit();
  }

  /** The files that had the rows when the run began, as the log calls them. */
  private Set<String> holding() throws IOException {
    if (holding.isEmpty()) {
      Set<String> paths = new HashSet<>();
      picked(start).forEach(file -> paths.add(file.getPath()));
      holding = Optional.of(paths);
    }
    return holding.get();
  }

  /** The files of a version whose rows the condition picks; refused where it splits one. */
  private List<AddFile> picked(Snapshot version) throws IOException {
    List<AddFile> all = LiveFiles.of(log, version);
    Map<String, PickedRows> rows =
        picks.of(
            all.stream()
                .map(
                    file ->
                        new FilePicks.File(
                            log.resolve(file.getPath()),
                            PartitionText.of(file.getPartitionValues()),
                            file.getStatsJson()))
                .toList());
    List<AddFile> picked = new ArrayList<>();
    for (AddFile file : all) {
      PickedRows ofFile = rows.get(log.resolve(file.getPath()));
      if (ofFile.split()) {
        throw split(log.resolve(file.getPath()), ofFile);
      }
      if (!ofFile.areNone()) {
        picked.add(file);
      }
    }
    return picked;
  }

  /** What takes the rows out of a version. */
  List<Row> removals(Snapshot version) throws IOException {
    List<Row> removals = new ArrayList<>();
    for (AddFile file : picked(version)) {
      removals.add(
          SingleAction.createRemoveFileSingleAction(file.toRemoveFileRow(true, Optional.empty())));
    }
    return removals;
  }

  /** Refuses files of a run with rows that the condition does not pick. */
  void requireInside(List<WrittenFile> files) throws IOException {
    List<FilePicks.File> written = new ArrayList<>();
    for (WrittenFile file : files) {
      written.add(
          new FilePicks.File(
              file.status().getPath(),
              PartitionText.of(file.partition()),
              file.status()
                  .getStatistics()
                  .map(known -> known.serializeAsJson(start.getSchema()))));
    }
    long outside =
        picks.of(written).values().stream().mapToLong(rows -> rows.all() - rows.picked()).sum();
    if (outside > 0) {
      throw refusal.rowsOutside(outside);
    }
  }

  /**
   * Refuses what others did to rows that the condition picks. Rows that were only written again, as
   * by OPTIMIZE, are the same in other files.
   *
   * @param commits those since the run began
   */
  void requireUnchanged(List<Commit> commits, String runId, Throwable cause) throws IOException {
    Set<String> holding = new HashSet<>(holding());
    for (Commit commit : commits) {
      Map<String, PickedRows> rows =
          picks.of(
              commit.added().stream()
                  .map(
                      file ->
                          new FilePicks.File(
                              log.resolve(file.path()), file.partition(), file.statistics()))
                  .toList());
      boolean changed =
          commit.removed().stream()
              .anyMatch(file -> file.changesRows() && holding.contains(file.path()));
      for (FileAction file : commit.added()) {
        if (!rows.get(log.resolve(file.path())).areNone()) {
          changed |= file.changesRows();
          holding.add(file.path());
        }
      }
      if (changed) {
        throw refusal.rowsChanged(
            runId, commit.operation() + ", version " + commit.version(), cause);
      }
    }
  }

  private OutputException split(String file, PickedRows rows) {
    return new OutputException(
        ErrorName.TABLE_FILE_SPLIT,
        "the table "
            + log.table()
            + " has the file "
            + file
            + ", in which the condition --where "
            + where
            + " picks "
            + rows.picked()
            + " of "
            + rows.all()
            + " rows. An overwrite takes whole files out. Delete the rows first (DELETE FROM "
            + log.table()
            + " WHERE "
            + where
            + "), which writes the file again, and run again; or choose a condition that the files"
            + " were written by. Where the table has deletion vectors, deleted rows stay in their"
            + " files until REORG TABLE "
            + log.table()
            + " APPLY (PURGE).");
  }
}

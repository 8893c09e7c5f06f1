package dev.sigmax.table.delta;

import dev.sigmax.table.CommittedRun;
import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The commits that a log still has, one after the other. */
final class DeltaCommits {
  private static final Set<DeltaAction> ACTIONS =
      Set.of(DeltaAction.COMMITINFO, DeltaAction.ADD, DeltaAction.REMOVE);

  private DeltaCommits() {}

  /**
   * What a commit did to a file.
   *
   * @param path as the log names it: within the table's folder, for files that lie there
   * @param partition the values of the table's partitions, as the log has them
   * @param statistics as the log has them; empty where it does not say
   * @param changesRows not where rows were only written again, as by OPTIMIZE
   * @param deletes whether rows of it are deleted beside it
   */
  record FileAction(
      String path,
      long bytes,
      Map<String, String> partition,
      Optional<String> statistics,
      boolean changesRows,
      boolean deletes) {
    /** 0 where the log does not say. */
    long rows() {
      return statistics.flatMap(DataFileStatistics::getNumRecords).orElse(0L);
    }
  }

  /**
   * One commit.
   *
   * @param operation empty where it does not say
   * @param engineInfo null where it does not say
   */
  record Commit(
      long version,
      Instant at,
      String operation,
      String engineInfo,
      List<FileAction> added,
      List<FileAction> removed) {
    /** The run that it is of; empty where it is of none. */
    Optional<CommittedRun> run(String location) {
      return EngineInfo.run(engineInfo, location, version, at);
    }
  }

  /** Reads the commits since a version, in their order. */
  static void forEach(DeltaLog log, long since, Consumer<Commit> reader) throws IOException {
    forEach(
        log, TableManager.loadCommitRange(log.location(), CommitBoundary.atVersion(since)), reader);
  }

  /** Reads the commits from one version to another, both included, in their order. */
  static void forEach(DeltaLog log, long first, long last, Consumer<Commit> reader)
      throws IOException {
    forEach(
        log,
        TableManager.loadCommitRange(log.location(), CommitBoundary.atVersion(first))
            .withEndBoundary(CommitBoundary.atVersion(last)),
        reader);
  }

  private static void forEach(DeltaLog log, CommitRangeBuilder builder, Consumer<Commit> reader)
      throws IOException {
    CommitRange range = builder.build(log.engine());
    try (CloseableIterator<CommitActions> commits = range.getCommitActions(log.engine(), ACTIONS)) {
      while (commits.hasNext()) {
        reader.accept(commit(commits.next()));
      }
    }
  }

  private static Commit commit(CommitActions commit) throws IOException {
    String operation = "";
    String engineInfo = null;
    List<FileAction> added = new ArrayList<>();
    List<FileAction> removed = new ArrayList<>();
    try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            Optional<Row> info = struct(row, "commitInfo");
            if (info.isPresent()) {
              operation = text(info.get(), "operation").orElse("");
              engineInfo = text(info.get(), "engineInfo").orElse(null);
            }
            struct(row, "add").ifPresent(add -> added.add(file(add)));
            struct(row, "remove").ifPresent(remove -> removed.add(file(remove)));
          }
        }
      }
    }
    return new Commit(
        commit.getVersion(),
        Instant.ofEpochMilli(commit.getTimestamp()),
        operation,
        engineInfo,
        added,
        removed);
  }

  private static FileAction file(Row action) {
    return new FileAction(
        text(action, "path").orElseThrow(),
        action.isNullAt(field(action, "size")) ? 0 : action.getLong(field(action, "size")),
        partition(action),
        text(action, "stats"),
        action.getBoolean(field(action, "dataChange")),
        struct(action, "deletionVector").isPresent());
  }

  private static Map<String, String> partition(Row action) {
    int field = field(action, "partitionValues");
    return action.isNullAt(field) ? Map.of() : PartitionText.of(action.getMap(field));
  }

  static Optional<Row> struct(Row row, String name) {
    int field = field(row, name);
    return row.isNullAt(field) ? Optional.empty() : Optional.of(row.getStruct(field));
  }

  static Optional<String> text(Row row, String name) {
    int field = field(row, name);
    return row.isNullAt(field) ? Optional.empty() : Optional.of(row.getString(field));
  }

  private static int field(Row row, String name) {
    return row.getSchema().indexOf(name);
  }
}

package dev.sigmax.table.delta;

import dev.sigmax.error.Causes;
import dev.sigmax.error.Denial;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommitRefusal;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of a run: exactly the files of its manifest, once. It is tried on the table as it is;
 * where another writer was first, or the store failed, the log is read before it is tried again.
 * The Kernel would try again by itself, but as often where a store fails as where others write.
 */
final class DeltaCommit {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaCommit.class);

  private final DeltaLog log;
  private final Engine engine;
  private final Snapshot start;
  private final String folder;
  private final Manifest manifest;
  private final Optional<DeltaOverwrite> overwrite;
  private final CommitRefusal refusal;
  private final Patience patience = new Patience();

  /**
   * A commit that is not made yet.
   *
   * @param start the table as its columns were looked at
   * @param folder the name of the folder where the files are
   * @param overwrite the rows that make room for the run's; empty where none do
   */
  DeltaCommit(
      DeltaLog log,
      Snapshot start,
      String folder,
      Manifest manifest,
      Optional<DeltaOverwrite> overwrite) {
    this.log = log;
    this.engine = log.engine();
    this.start = start;
    this.folder = folder;
    this.manifest = manifest;
    this.overwrite = overwrite;
    this.refusal = new CommitRefusal(log.table(), manifest.runId(), log.location() + "/" + folder);
  }

  void commit() throws IOException {
    long number = DeltaRuns.transactions(log, start, manifest.fingerprint()).orElse(0) + 1;
    List<WrittenFile> files = files();
    if (overwrite.isPresent()) {
      overwrite.get().requireInside(files);
    }
    Snapshot base = start;
    List<Row> removals = removals(base);
    while (true) {
      Optional<Throwable> failure = attempt(base, number, files, removals);
      if (failure.isEmpty()) {
        return;
      }
      LogSince since = readLog(failure.get());
      if (since.has(run -> run.folder().getName().equals(folder))) {
        LOG.warn(
            "{} has the run, though its store said: {}", log.table(), failure.get().toString());
        return;
      }
      requireAnotherTry(failure.get(), since);
      // Else the try without an answer may be under way, and what fails now would not end it.
      if (since.now().getVersion() > base.getVersion()) {
        base = since.now();
        removals = removals(base);
      }
    }
  }

  private List<Row> removals(Snapshot base) throws IOException {
    return overwrite.isPresent() ? overwrite.get().removals(base) : List.of();
  }

  /** Makes the commit on top of a version; what is thrown does not say whether it is there. */
  private Optional<Throwable> attempt(
      Snapshot base, long number, List<WrittenFile> files, List<Row> removals) throws IOException {
    String info = EngineInfo.of(manifest, folder, overwrite.map(DeltaOverwrite::where));
    try {
      Transaction transaction =
          base.buildUpdateTableTransaction(info, Operation.WRITE)
              .withMaxRetries(0)
              .withTransactionId(DeltaRuns.transaction(manifest.fingerprint()), number)
              .build(engine);
      List<Row> actions = new ArrayList<>(removals);
      actions.addAll(added(transaction, files));
      LogUpkeep.after(
          transaction.commit(
              engine,
              CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()))),
          base,
          log);
      return Optional.empty();
    } catch (VirtualMachineError memory) {
      // It would end the look at the log as well.
      throw memory;
    } catch (RuntimeException | Error failure) {
      return Optional.of(failure);
    }
  }

  /** The run's files as the log is to have them; those without rows say nothing to a table. */
  private List<WrittenFile> files() throws IOException {
    Transaction any = start.buildUpdateTableTransaction("sigmax", Operation.WRITE).build(engine);
    FileStatistics statistics =
        new FileStatistics(
            start.getSchema(),
            TransactionImpl.getStatisticsColumns(any.getTransactionState(engine)));
    DeltaPartitions partitions = DeltaPartitions.of(log.table(), start);
    List<WrittenFile> files = new ArrayList<>();
    for (Manifest.PartFile part : manifest.output().files()) {
      if (part.rows() > 0) {
        String location = log.location() + "/" + folder + "/" + part.path();
        files.add(
            new WrittenFile(
                statistics.of(location, part, log.configuration()),
                partitions.of(location, part.path(), log.configuration())));
      }
    }
    return files;
  }

  private List<Row> added(Transaction transaction, List<WrittenFile> files) throws IOException {
    Row state = transaction.getTransactionState(engine);
    Map<Map<String, Literal>, List<DataFileStatus>> byPartition = new LinkedHashMap<>();
    for (WrittenFile file : files) {
      byPartition
          .computeIfAbsent(file.partition(), partition -> new ArrayList<>())
          .add(file.status());
    }
    List<Row> actions = new ArrayList<>();
    for (Map.Entry<Map<String, Literal>, List<DataFileStatus>> one : byPartition.entrySet()) {
      try (CloseableIterator<Row> rows =
          Transaction.generateAppendActions(
              engine,
              state,
              Utils.toCloseableIterator(one.getValue().iterator()),
              Transaction.getWriteContext(engine, state, one.getKey()))) {
        rows.forEachRemaining(actions::add);
      }
    }
    return actions;
  }

  private LogSince readLog(Throwable failure) {
    while (true) {
      try {
        return LogSince.read(log, start);
      } catch (IOException | RuntimeException | Error again) {
        boolean closed = Denial.in(again).isPresent();
        if (closed) {
          requireNotDenied(failure);
        }
        if (closed || !patience.lastsAfterFailure()) {
          failure.addSuppressed(again);
          throw refusal.unclear(
              "the table's log cannot be read: " + Causes.rootMessage(again), failure);
        }
      }
    }
  }

  /**
   * A closed door stays closed. What it kept out is not in the log, unless an earlier try got in.
   */
  private void requireNotDenied(Throwable failure) {
    Optional<Throwable> denial = Denial.in(failure);
    if (denial.isPresent()) {
      throw patience.hasWaited() ? notInLog(failure) : refusal.denied(denial.get(), failure);
    }
  }

  private OutputException notInLog(Throwable failure) {
    Throwable said = failure.getCause() == null ? failure : failure.getCause();
    return refusal.notAnswered("the table's store", said, failure);
  }

  /** Throws what there is to say where the run, which is not in the log, is not to be there. */
  private void requireAnotherTry(Throwable failure, LogSince since) throws IOException {
    if (failure instanceof ConcurrentTransactionException
        || since.has(run -> run.fingerprint().equals(manifest.fingerprint()))) {
      throw refusal.overtaken(Optional.empty(), failure);
    }
    Optional<SigmaxException> refused =
        Causes.chain(failure)
            .filter(SigmaxException.class::isInstance)
            .map(SigmaxException.class::cast)
            .findFirst();
    if (refused.isPresent()) {
      throw refused.get();
    }
    if (failure instanceof Error error) {
      if (patience.hasWaited()) {
        throw notInLog(error);
      }
      throw error;
    }
    requireNotDenied(failure);
    if (since.changesTable()) {
      throw refusal.conflict("its columns, properties or features are others", "", failure);
    }
    if (overwrite.isPresent()) {
      overwrite.get().requireUnchanged(since.commits(), manifest.runId(), failure);
    }
    if (failure instanceof KernelException broken
        && !(failure instanceof MaxCommitRetryLimitReachedException)) {
      throw broken;
    }
    if (failure.getCause() instanceof CommitFailedException last && last.isConflict()) {
      if (!patience.lastsAfterConflict()) {
        throw refusal.conflict(last.getMessage(), "", failure);
      }
    } else if (!patience.lastsAfterFailure()) {
      throw notInLog(failure);
    }
  }
}

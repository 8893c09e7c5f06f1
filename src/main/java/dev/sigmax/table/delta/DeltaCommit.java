package dev.sigmax.table.delta;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.table.CommittedRun;
import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.exceptions.ConcurrentWriteException;
import io.delta.kernel.exceptions.MaxCommitRetryLimitReachedException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit of a run: exactly the files of its manifest, once. */
final class DeltaCommit {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaCommit.class);

  /** What keeps a log short. All other upkeep is a matter of the table's owner. */
  private static final Set<PostCommitHookType> UPKEEP =
      Set.of(PostCommitHookType.CHECKPOINT, PostCommitHookType.CHECKSUM_SIMPLE);

  /** Features by which checkpoints are written in ways that the Kernel does not. */
  private static final Set<String> OTHER_CHECKPOINTS =
      Set.of("v2Checkpoint", "checkpointProtection");

  /** After other writers' commits, and where the store does not answer: some time, not hours. */
  private static final int RETRIES = 50;

  private final DeltaLog log;
  private final Engine engine;
  private final Snapshot snapshot;
  private final String folder;
  private final Manifest manifest;

  /**
   * A commit that is not made yet.
   *
   * @param snapshot the table as its columns were looked at
   * @param folder the name of the folder where the files are
   */
  DeltaCommit(DeltaLog log, Snapshot snapshot, String folder, Manifest manifest) {
    this.log = log;
    this.engine = log.engine();
    this.snapshot = snapshot;
    this.folder = folder;
    this.manifest = manifest;
  }

  void append() throws IOException {
    long version = DeltaRuns.transactions(log, snapshot, manifest.fingerprint()).orElse(0) + 1;
    Transaction transaction =
        snapshot
            .buildUpdateTableTransaction(EngineInfo.of(manifest, folder), Operation.WRITE)
            .withMaxRetries(RETRIES)
            .withTransactionId(DeltaRuns.transaction(manifest.fingerprint()), version)
            .build(engine);
    List<Row> added = added(transaction);
    try {
      TransactionCommitResult result =
          transaction.commit(
              engine,
              CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(added.iterator())));
      keepUp(result);
    } catch (ConcurrentTransactionException same) {
      throw overtaken(same);
    } catch (ConcurrentWriteException conflict) {
      throw conflict(conflict);
    } catch (RuntimeException failure) {
      if (!isCommitted(failure)) {
        throw notInLog(failure);
      }
    }
  }

  /** What is to be added; files without rows say nothing to a table. */
  private List<Row> added(Transaction transaction) throws IOException {
    Row state = transaction.getTransactionState(engine);
    DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
    FileStatistics statistics =
        new FileStatistics(snapshot.getSchema(), context.getStatisticsColumns());
    List<DataFileStatus> files = new ArrayList<>();
    for (Manifest.PartFile part : manifest.output().files()) {
      if (part.rows() > 0) {
        files.add(
            statistics.of(
                log.location() + "/" + folder + "/" + part.path(), part, log.configuration()));
      }
    }
    List<Row> actions = new ArrayList<>();
    try (CloseableIterator<Row> rows =
        Transaction.generateAppendActions(
            engine, state, Utils.toCloseableIterator(files.iterator()), context)) {
      rows.forEachRemaining(actions::add);
    }
    return actions;
  }

  /** The run is published; what fails here does not change that. */
  private void keepUp(TransactionCommitResult result) {
    for (PostCommitHook hook : result.getPostCommitHooks()) {
      if (!UPKEEP.contains(hook.getType())
          || snapshot.getProtocol().getReaderAndWriterFeatures().stream()
              .anyMatch(OTHER_CHECKPOINTS::contains)) {
        continue;
      }
      try {
        hook.threadSafeInvoke(engine);
      } catch (IOException | RuntimeException failure) {
        LOG.warn(
            "{} of the log of {} was not written: {}",
            hook.getType(),
            log.table(),
            failure.toString());
      }
    }
  }

  /** Whether the run is in the log all the same: what was thrown does not say. */
  private boolean isCommitted(RuntimeException failure) {
    Optional<CommittedRun> found;
    try {
      found = sameRun();
    } catch (IOException | RuntimeException again) {
      failure.addSuppressed(again);
      throw unclear("the table's log cannot be read: " + again.getMessage(), failure);
    }
    if (found.isPresent() && !found.get().folder().getName().equals(folder)) {
      throw overtaken(failure);
    }
    if (found.isPresent()) {
      LOG.warn("{} has the run, though its store said: {}", log.table(), failure.toString());
    }
    return found.isPresent();
  }

  /** A commit that was sent and not answered may still arrive. */
  private RuntimeException notInLog(RuntimeException failure) {
    boolean conflict =
        failure.getCause() instanceof CommitFailedException last && last.isConflict();
    if (failure instanceof MaxCommitRetryLimitReachedException && conflict) {
      return conflict(failure);
    }
    return failure instanceof MaxCommitRetryLimitReachedException
            || failure instanceof CommitStateUnknownException
        ? unclear(
            "the table's store did not answer ("
                + firstLine(failure.getCause() == null ? failure : failure.getCause())
                + "), and its log does not have the run as yet",
            failure)
        : failure;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private Optional<CommittedRun> sameRun() throws IOException {
    return DeltaHistory.of(log, run -> run.fingerprint().equals(manifest.fingerprint()))
        .fate()
        .map(RunFate::run);
  }

  private ExternalException conflict(RuntimeException cause) {
    return new ExternalException(
        ErrorName.TABLE_CONFLICT,
        "other writers changed the table "
            + log.table()
            + " while run "
            + manifest.runId()
            + " was to be committed ("
            + cause.getMessage()
            + "); nothing of it is in the table. Run it again.",
        cause);
  }

  private OutputException unclear(String why, Exception cause) {
    return new OutputException(
        ErrorName.PUBLICATION_UNKNOWN,
        "whether the run "
            + manifest.runId()
            + " is in the table "
            + log.table()
            + " cannot be told: "
            + why
            + ". Its files stay in "
            + log.location()
            + "/"
            + folder
            + ". Run it again: it answers \"already published\", or publishes, and never does so"
            + " twice.",
        cause);
  }

  private OutputException overtaken(RuntimeException cause) {
    return new OutputException(
        ErrorName.OUTPUT_EXISTS,
        "the same run published to " + log.table() + " in the meantime; nothing is added to it.",
        cause);
  }
}

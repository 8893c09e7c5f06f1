package dev.sigmax.table.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a log short. All other upkeep is a matter of the table's owner. */
final class LogUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);

  private static final Set<PostCommitHookType> UPKEEP =
      Set.of(PostCommitHookType.CHECKPOINT, PostCommitHookType.CHECKSUM_SIMPLE);

  /** Features by which checkpoints are written in ways that the Kernel does not. */
  private static final Set<String> OTHER_CHECKPOINTS =
      Set.of("v2Checkpoint", "checkpointProtection");

  private LogUpkeep() {}

  /** The run is published; what fails here does not change that. */
  static void after(TransactionCommitResult commit, Snapshot snapshot, DeltaLog log) {
    for (PostCommitHook hook : commit.getPostCommitHooks()) {
      if (!UPKEEP.contains(hook.getType())
          || snapshot.getProtocol().getReaderAndWriterFeatures().stream()
              .anyMatch(OTHER_CHECKPOINTS::contains)) {
        continue;
      }
      try {
        hook.threadSafeInvoke(log.engine());
      } catch (IOException | RuntimeException | Error failure) {
        LOG.warn(
            "{} of the log of {} was not written: {}",
            hook.getType(),
            log.table(),
            failure.toString());
      }
    }
  }
}

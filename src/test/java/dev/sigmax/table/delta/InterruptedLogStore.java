package dev.sigmax.table.delta;

import io.delta.storage.HDFSLogStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Our store of logs on local disks, in which something happens at a commit of the Kernel's. */
public final class InterruptedLogStore extends HDFSLogStore {
  /** A commit. */
  interface Commit {
    void run() throws IOException;
  }

  /** What happens around one. */
  interface Event {
    void around(Commit commit) throws IOException;
  }

  private static final AtomicReference<Event> NEXT = new AtomicReference<>();

  private final ExclusiveLogStore store;

  /** By name, for Delta. */
  public InterruptedLogStore(Configuration configuration) {
    super(configuration);
    store = new ExclusiveLogStore(configuration);
  }

  /** Something happens at the next commit, and at that one alone. */
  static void atNextCommit(Event event) {
    NEXT.set(event);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    Optional.ofNullable(path.getName().endsWith(".json") ? NEXT.getAndSet(null) : null)
        .orElse(Commit::run)
        .around(() -> store.write(path, actions, overwrite, configuration));
  }
}

package dev.sigmax.table.iceberg;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * Iceberg's catalog in folders, in which something happens at a commit, or behind a look at a
 * table.
 */
public final class InterruptedCatalog extends HadoopCatalog {
  /** What happens around a commit. */
  interface Event {
    void around(Runnable commit);
  }

  private static final AtomicReference<Event> NEXT = new AtomicReference<>();
  private static final AtomicReference<Runnable> BEHIND_REFRESH = new AtomicReference<>(() -> {});

  /** Something happens at the next commit, and at that one alone. */
  static void atNextCommit(Event event) {
    NEXT.set(event);
  }

  /** Something happens whenever somebody has looked at the table, until it is set to nothing. */
  static void behindEachRefresh(Runnable event) {
    BEHIND_REFRESH.set(event);
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new Operations(super.newTableOps(identifier));
  }

  private record Operations(TableOperations real) implements TableOperations {
    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      Optional.ofNullable(NEXT.getAndSet(null))
          .orElse(Runnable::run)
          .around(() -> real.commit(base, metadata));
    }

    @Override
    public TableMetadata current() {
      return real.current();
    }

    @Override
    public TableMetadata refresh() {
      TableMetadata now = real.refresh();
      BEHIND_REFRESH.get().run();
      return now;
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return real.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return real.locationProvider();
    }
  }
}

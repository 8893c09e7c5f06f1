package dev.sigmax.table.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The files that a version of a table reads. */
final class LiveFiles {
  private LiveFiles() {}

  /** As the log has them, with their statistics. */
  static List<AddFile> of(DeltaLog log, Snapshot version) throws IOException {
    List<AddFile> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        version.getScanBuilder().build().getScanFiles(log.engine(), true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(
              row -> files.add(new AddFile(DeltaCommits.struct(row, "add").orElseThrow())));
        }
      }
    }
    return files;
  }
}

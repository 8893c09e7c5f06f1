package dev.sigmax.table.iceberg;

import dev.sigmax.table.RunFolders;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The folders of runs in an Iceberg table: every snapshot that is not expired needs its own. */
record IcebergFolders(Table table) implements RunFolders {
  @Override
  public String dataLocation() {
    return IcebergTable.dataLocation(table);
  }

  @Override
  public Set<String> known() throws IOException {
    table.refresh();
    Set<String> known = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      TableHistory.run(snapshot).ifPresent(run -> known.add(run.folder().getName()));
      for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
        if (seen.add(manifest.path())) {
          addFolders(manifest, known);
        }
      }
    }
    return known;
  }

  private void addFolders(ManifestFile manifest, Set<String> known) throws IOException {
    try (CloseableIterable<String> files =
        ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
      for (String file : files) {
        known.add(new Path(file).getParent().getName());
      }
    }
  }
}

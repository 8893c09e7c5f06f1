package dev.sigmax.job.plan;

import dev.sigmax.error.Counted;
import dev.sigmax.error.FewNames;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.snapshot.SnapshotOfTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Columns of a table that some of its files lack, since they were written before. */
final class FilledColumns {
  private FilledColumns() {}

  /** What a person should know of those that are read; empty where every file has all of them. */
  static Optional<String> warning(InputTable table) {
    Set<String> read = Set.of(table.columns().fieldNames());
    long files = table.fileRows().stream().filter(rows -> rows > 0).count();
    List<String> filled = new ArrayList<>();
    for (Map.Entry<String, Integer> column : table.lookup().filesWithout().entrySet()) {
      if (read.contains(column.getKey())) {
        filled.add(
            column.getKey() + " in " + column.getValue() + " of " + Counted.of(files, "file"));
      }
    }
    return filled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "files of the table "
                + table.snapshot().table().map(SnapshotOfTable::table).orElse("")
                + " were written before it had all of its columns, which are null there: "
                + FewNames.of(filled)
                + ".");
  }
}

package dev.sigmax.table;

import dev.sigmax.input.snapshot.SnapshotOfTable;
import dev.sigmax.parquet.footer.Footer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One snapshot of a table whose files are its rows. */
public interface TableSource {
  /** As the session knows the table. */
  String name();

  /** Empty where the table has none yet. */
  Optional<SnapshotOfTable> snapshot();

  /** The bytes of each file, by its path. */
  SortedMap<String, Long> files();

  /**
   * The footers of its files, with all that the table knows of their columns; refused where one
   * cannot be read as the snapshot's columns.
   */
  List<Footer> columns(List<Footer> footers);
}

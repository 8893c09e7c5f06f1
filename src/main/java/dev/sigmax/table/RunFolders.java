package dev.sigmax.table;

import java.io.IOException;
import java.util.Set;

/** The folders of runs among a table's data, and which of them the table needs. */
public interface RunFolders {
  /** Where they lie, as the table names it. */
  String dataLocation();

  /**
   * The names of folders that any state of the table that can still be read has: as that of a run,
   * or because it has files there. As the table is now.
   */
  Set<String> known() throws IOException;
}

package dev.sigmax.job.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Whose fault it is where more or fewer rows are found than were read. */
class RowsAsWrittenTest {
  private static final Path ON_A_DISK = new Path("file:/data/out");
  private static final Path ON_HDFS = new Path("hdfs://name/data/out");

  private static String ours(boolean local, long found, Path folder) {
    return assertThrows(
            IllegalStateException.class, () -> RowsAsWritten.requireAll(local, 10, found, folder))
        .getMessage();
  }

  @Test
  void asManyAsWereReadAreAll() {
    RowsAsWritten.requireAll(false, 10, 10, ON_A_DISK);
  }

  @Test
  void fewerOnTheDisksOfAClusterAreProbablyOnThoseOfItsExecutors() {
    OutputException lost =
        assertThrows(
            OutputException.class, () -> RowsAsWritten.requireAll(false, 10, 7, ON_A_DISK));
    assertEquals(ErrorName.OUTPUT_UNREADABLE, lost.name());
    assertTrue(
        lost.getMessage()
            .startsWith(
                "10 rows were read and 7 are in the files of file:/data/out as this process sees"
                    + " them: probably executors wrote to the disks of their own machines."),
        lost.getMessage());
  }

  @Test
  void fewerElsewhereWereLostByTheFileSystem() {
    assertTrue(
        ours(true, 7, ON_A_DISK).endsWith(": the file system lost some; nothing is published"));
    assertTrue(
        ours(false, 7, ON_HDFS).endsWith(": the file system lost some; nothing is published"));
  }

  @Test
  void moreAreOurFaultWhereverTheyLie() {
    for (Path folder : new Path[] {ON_A_DISK, ON_HDFS}) {
      assertEquals(
          "10 rows were read and 13 are in the files of "
              + folder
              + ": some were written more than once; nothing is published",
          ours(false, 13, folder));
    }
  }
}

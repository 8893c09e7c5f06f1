package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An overwrite that reads a file of the table, of which statistics do not tell. */
class DeltaDamagedFileTest extends DeltaOverwriteRuns {
  @Test
  void aFileWithADamagedPageIsRefusedAndItsRowsStay() throws IOException {
    create(DAYS);
    day("2026-11-21", "old", 1);
    delta.conf().set("spark.sql.parquet.compression.codec", "uncompressed");
    delta.conf().set("parquet.enable.dictionary", "false");
    sql(
        "INSERT INTO %s SELECT /*+ COALESCE(1) */ *, '2026-11-21', 1F, 0F, 0F, 1D, null"
            + " FROM VALUES (1), (3)");
    // Statistics say 1 to 3, which may be any of these: the file is read.
    String where = "id IN (1, 2, 3)";
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[placeOf(new byte[] {1, 0, 0, 0, 3, 0, 0, 0}, bytes) + 4] = 2;
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Program run = run("2026-11-21", "old", where);
    assertSaid(5, run, "[OUTPUT_UNREADABLE]", file.getFileName().toString(), "CRC", "of the table");
    assertEquals(2, history().size());
    assertEquals(List.of("[2026-11-21,1]", "[2026-11-21,2]"), ids(), "Delta reads what is there");
    bytes[placeOf(new byte[] {1, 0, 0, 0, 2, 0, 0, 0}, bytes) + 4] = 3;
    Files.write(file, bytes);
    assertPublished(run("2026-11-21", "old", where));
    assertEquals(3, history().size());
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }

  private static int placeOf(byte[] wanted, byte[] bytes) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(wanted, 0, wanted.length, bytes, i, i + wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}

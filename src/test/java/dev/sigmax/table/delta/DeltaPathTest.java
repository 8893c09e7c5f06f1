package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tables that no catalog has, named by their folder. */
class DeltaPathTest extends DeltaTest {
  @Test
  void aTableNamedByItsFolderTakesARunAndCanBeMoved() throws IOException {
    Path place = folder.resolve("a place/scores");
    table = "spark_catalog.delta.`" + place + "`";
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
    Program run = scoreToTable();
    assertSaid(0, run);
    String id = run.out().replaceFirst("(?s)^published run (\\w+).*", "$1");
    assertSaid(0, Program.run("verify", "--table", table, "--run-id", id));
    Path moved = Files.move(place, folder.resolve("moved"));
    table = "spark_catalog.delta.`" + moved + "`";
    assertEquals(3, rows().size());
    String log = Files.readString(moved.resolve("_delta_log/00000000000000000001.json"));
    assertTrue(log.contains("\"path\":\"sigmax-"), log);
  }
}

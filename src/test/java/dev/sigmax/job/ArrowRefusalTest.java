package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;

/** What is refused of Arrow files, by name, as it is of Parquet's. */
class ArrowRefusalTest extends JobTest {
  private static final List<List<Object>> ROWS =
      List.of(List.of(1, 1f, 2f, "one"), List.of(2, 0f, 0f, "two"), List.of(3, -1f, 3f, "three"));

  private static ArrowJava columns() {
    return new ArrowJava()
        .column("id", INT)
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .column("name", TEXT);
  }

  private Path cut(Path file, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(all, all.length - bytes));
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws IOException {
    columns().file(in().resolve("a.arrow"), ROWS);
    Path cut = cut(columns().file(in().resolve("b.arrow"), ROWS), 3);
    assertRefused(3, score("multiclass"), cut.toString(), "cut off", "write it again");
  }

  @Test
  void aStreamWithoutItsEndIsRefused() throws IOException {
    // Eight bytes are the end marker; without it the rest is a sound stream.
    Path cut = cut(columns().stream(in().resolve("a.arrows"), ROWS), 8);
    assertRefused(3, score("multiclass"), cut.toString(), "no end marker");
  }

  @Test
  void otherFirstBytesAreRefused() throws IOException {
    Path file = columns().file(in().resolve("a.arrow"), ROWS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = 'a';
    Files.write(file, bytes);
    assertRefused(3, score("multiclass"), file.toString(), "first bytes", "Arrow");
  }

  @Test
  void arrowIsFoundByItsFirstBytesAndNotByItsName() {
    columns().file(in().resolve("a.parquet"), ROWS);
    assertPublished(score("multiclass"));
    assertEquals(3, manifest().at("/output/rows").asInt());
  }

  @Test
  void parquetBesideArrowIsRefused() {
    Path arrow = columns().file(in().resolve("a.arrow"), ROWS);
    Path parquet = input("b.parquet", THREE_ROWS);
    assertRefused(
        3, score("multiclass"), "two formats", arrow + " is Arrow", parquet + " is Parquet");
  }

  @Test
  void filesThatDisagreeAreRefused() {
    columns().file(in().resolve("a.arrow"), ROWS);
    Path other =
        new ArrowJava()
            .column("id", INT)
            .column("logit_a", FLOAT)
            .column("name", TEXT)
            .file(in().resolve("b.arrow"), List.of(List.of(1, 1f, "x")));
    assertRefused(3, score("multiclass"), "logit_b", "is missing in ", other.toString());
  }

  @Test
  void hiddenArrowFilesAreRefused() {
    columns().file(in().resolve("a.arrow"), ROWS);
    columns().file(in().resolve("_b.feather"), ROWS);
    assertRefused(3, score("multiclass"), "_b.feather", "hidden data file");
  }

  @Test
  void typesThatAreNotReadAreNamedAndOnlyWhereTheyAreRead() {
    new ArrowJava()
        .column("id", INT)
        .column("at", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null))
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .file(in().resolve("a.arrow"), List.of(List.of(1, 5L, 1f, 2f)));
    assertRefused(
        3,
        score("multiclass"),
        "column at",
        "does not read from Arrow",
        "TIMESTAMP(NANOS)",
        "--keep");
    assertPublished(score("multiclass", "--keep", "id"));
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("in microseconds"), inspected.out());
  }

  @Test
  void aColumnOfNullsIsLeftOutAsTheMessageSays() {
    new ArrowJava()
        .column("id", INT)
        .column("nothing", new ArrowType.Null())
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .file(in().resolve("a.arrow"), List.of(Arrays.asList(1, null, 1f, 2f)));
    assertRefused(3, score("multiclass"), "column nothing", "Null", "Leave it out: --keep 'id'");
    assertPublished(score("multiclass", "--keep", "id"));
  }

  @Test
  void aDateThatIsNoWholeDayIsRefused() {
    new ArrowJava()
        .column("day", new ArrowType.Date(DateUnit.MILLISECOND))
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT)
        .file(in().resolve("a.arrow"), List.of(List.of(86_400_001L, 1f, 2f)));
    assertRefused(3, score("multiclass"), "column day", "86400001 milliseconds", "no whole days");
  }

  @Test
  void aDamagedOffsetIsRefusedWithItsColumn() throws IOException {
    Path file = columns().file(in().resolve("a.arrow"), ROWS);
    byte[] bytes = Files.readAllBytes(file);
    // The offsets of "one", "two", "three": 0, 3, 6, 11.
    ByteBuffer offsets = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    offsets.putInt(0).putInt(3).putInt(6).putInt(11);
    int at = indexOf(bytes, offsets.array());
    bytes[at + 4] = 9;
    Files.write(file, bytes);
    assertRefused(3, score("multiclass"), file.toString(), "column name", "offset");
    bytes[at + 4] = 3;
    bytes[at + 13] = 9;
    Files.write(file, bytes);
    assertRefused(3, score("multiclass", "--engine", "row"), file.toString(), "column name");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void aStreamThatGoesOnBehindItsEndIsRefused() throws IOException {
    Path file = columns().stream(in().resolve("a.arrow"), ROWS);
    byte[] once = Files.readAllBytes(file);
    byte[] twice = Arrays.copyOf(once, 2 * once.length);
    System.arraycopy(once, 0, twice, once.length, once.length);
    Files.write(file, twice);
    assertRefused(3, score("multiclass"), file.toString(), "behind the stream's end marker");
  }

  @Test
  void dryRunAndInspectionAnswer() {
    columns().file(in().resolve("a.arrow"), ROWS);
    Program planned = score("multiclass", "--dry-run");
    assertEquals(0, planned.code(), planned.err());
    assertTrue(planned.out().contains("3"), planned.out());
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().contains("logit_*"), inspected.out());
    assertTrue(inspected.out().contains("Arrow IPC"), inspected.out());
  }
}

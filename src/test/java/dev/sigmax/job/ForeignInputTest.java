package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Inputs that are no Parquet: told what they are and how to convert them. */
class ForeignInputTest extends JobTest {
  private static final String CSV = "id,logit_a,logit_b\n1,2,3\n3,4,5\n";
  private static final String JSON = "{\"id\": 1, \"logit_a\": 2, \"logit_b\": 3}\n";

  private void assertTold(Path file, String... parts) {
    assertRefused(3, scoreFrom(file.toString(), "multiclass"), parts);
    Program run = scoreFrom(file.toString(), "multiclass");
    assertTrue(run.err().contains(", neither Parquet nor Arrow. Convert it"), run.err());
    assertFalse(run.err().contains("Remove it"), run.err());
    Program inspected = Program.run("inspect", file.toString());
    assertEquals(3, inspected.code(), inspected.out() + inspected.err());
    for (String part : parts) {
      assertTrue(inspected.err().contains(part), inspected.err());
    }
  }

  private Path file(String name, byte[] bytes) throws IOException {
    Files.createDirectories(in());
    return Files.write(in().resolve(name), bytes);
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textsAreToldAsWhatTheyAre() throws IOException {
    assertTold(file("a.csv", CSV), "CSV", "a.csv", "duckdb", "read_csv");
    assertTold(file("b.parquet", CSV), "CSV", "b.parquet");
    assertTold(file("c.json", JSON), "JSON", "read_json");
    assertTold(file("d.txt", "hello\nworld\n"), "text");
    Path gzipped = in().resolve("e.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      out.write(CSV.getBytes(StandardCharsets.UTF_8));
    }
    assertTold(gzipped, "CSV", "read_csv");
  }

  @Test
  void theCommandConvertsIt() throws IOException {
    for (Map.Entry<String, String> text : Map.of("a.csv", CSV, "a.json", JSON).entrySet()) {
      Path file = file(text.getKey(), text.getValue());
      String said = scoreFrom(file.toString(), "multiclass").err();
      String command = said.substring(said.indexOf("COPY"), said.lastIndexOf('"'));
      DuckDb.run(command);
      assertPublished(scoreFrom(file + ".parquet", "multiclass", "--replace"));
    }
  }

  @Test
  void otherFormatsAreToldAsWhatTheyAre() throws IOException {
    Path orc = folder.resolve("orc");
    spark().range(5).selectExpr("id", "float(id) AS logit_a").coalesce(1).write().orc(orc + "");
    try (var parts = Files.list(orc)) {
      Path part = parts.filter(f -> f.toString().endsWith(".orc")).findFirst().orElseThrow();
      assertTold(file("a.orc", Files.readAllBytes(part)), "ORC", "spark.read.orc");
    }
    assertTold(file("a.avro", "Obj\u0001rest"), "Avro", "avro");
    assertTold(file("a.feather", "FEA1rest"), "Feather V1");
    byte[] numpy = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0, 0, 0, 0};
    assertTold(file("a.npy", numpy), "NumPy", ".add_prefix(\"logit_\")");
    for (int protocol = 2; protocol <= 5; protocol++) {
      byte[] none = {(byte) 0x80, (byte) protocol, 'N', '.'};
      assertTold(file("a.pkl", none), "a pickle", "read_pickle(");
      assertTold(file("b.pkl", Arrays.copyOf(none, 5000)), "a pickle");
    }
    assertTold(file("a.db", "SQLite format 3\u0000rest"), "SQLite", "sqlite_scan(");
  }

  private Path archive(String name, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[600]);
        zip.closeEntry();
      }
    }
    return file(name, bytes.toByteArray());
  }

  @Test
  void zipArchivesOfNumpyPytorchAndExcelAreToldAsWhatTheyAre() throws IOException {
    assertTold(
        archive("a.npz", "logits.npy", "labels.npy"),
        "an archive of NumPy",
        "DataFrame(numpy.load(",
        "a.npz\")[\"logits\"]).add_prefix(\"logit_\").to_parquet(");
    // As numpy.savez names an array that was given no name, and one that no text of Python holds.
    assertTold(archive("b.zip", "arr_0.npy"), "an archive of NumPy", "[\"arr_0\"]");
    assertTold(archive("c.npz", "a\"b.npy"), "an archive of NumPy", "[\"ARRAY\"]");
    assertTold(archive("a.pt", "a/data.pkl", "a/data/0"), "PyTorch", "torch.load(");
    assertTold(archive("a.parquet", "archive/data.pkl"), "PyTorch", "a-converted.parquet");
    // The beginning of a file of PyTorch 1.5: its magic number, pickled with protocol 2.
    byte[] old = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e8002");
    assertTold(file("old.pth", old), "PyTorch", "torch.load(");
    assertTold(archive("a.xlsx", "[Content_Types].xml"), "Excel", "read_excel(");
    // As openpyxl begins, by which pandas writes.
    assertTold(archive("b.xlsx", "docProps/app.xml"), "Excel", "read_excel(");
    assertTold(archive("a.zip", "logits.parquet"), "compressed as a whole", "unzip");
  }

  @Test
  void aFolderWithOneSuchFileIsNotInspectedWithSuccess() throws IOException {
    input("a.parquet", THREE_ROWS);
    file("b.csv", CSV);
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(3, inspected.code());
    assertTrue(inspected.out().contains("b.csv"), inspected.out());
  }

  @Test
  void anOutputOfOursIsToldAsThat() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass"));
    String again = out().toString();
    Path other = folder.resolve("again");
    for (String logits : new String[] {"logit_*", "prob_*", "prob_a,prob_b"}) {
      Program run =
          Program.run(
              "score",
              "--input",
              again,
              "--output",
              other.toString(),
              "--task",
              "multiclass",
              "--logits",
              logits);
      assertEquals(3, run.code(), run.err());
      assertTrue(run.err().contains("an output of Sigmax"), run.err());
    }
  }

  @Test
  void logitsThatAnOutputCarriesAlongCanBeScored() {
    input("a.parquet", THREE_ROWS);
    assertPublished(score("multiclass", "--keep", "id,logit_a,logit_b,logit_c"));
    Path other = folder.resolve("again");
    Program run =
        Program.run(
            "score",
            "--input",
            out().toString(),
            "--output",
            other.toString(),
            "--task",
            "multiclass",
            "--keep",
            "id");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        outputRows("id, prob_a"),
        DuckDb.rows("SELECT id, prob_a FROM '" + other + "/*.parquet' ORDER BY ALL"));
  }
}

package dev.sigmax.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.files.LocalFiles;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a manifest keeps the files of a run that has many. */
class FileListsTest {
  private static final int READ = 9_990;

  @TempDir private Path folder;
  private Configuration configuration;

  @BeforeEach
  void makeTheFolderOfARun() throws IOException {
    Files.createDirectory(folder.resolve("_sigmax"));
    configuration = new Configuration();
    configuration.set(LocalFiles.SETTING, LocalFiles.class.getName());
  }

  /** 9,990 files read, nine written, and some in quarantine. */
  private static Manifest manifest(int inQuarantine) {
    return Manifests.ofNoRows("many")
        .with(
            new FileLists(
                IntStream.range(0, READ)
                    .mapToObj(
                        i -> new Manifest.InputEntry("file:/in/ä-" + i, i, 1_000L + i, 2L * i))
                    .toList(),
                parts("part-", 9),
                parts("_quarantine/part-", inQuarantine)));
  }

  private static List<Manifest.PartFile> parts(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Manifest.PartFile(name + i, 100L + i, 7, "0000000" + i % 10))
        .toList();
  }

  private org.apache.hadoop.fs.Path output() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private Path list() {
    return folder.resolve("_sigmax/files.parquet");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("_sigmax/manifest.json").toFile());
  }

  @Test
  void tenThousandFilesStandInTheManifestItself() throws IOException {
    Manifest manifest = manifest(1);
    ManifestFile.write(output(), manifest, configuration);
    assertFalse(Files.exists(list()));
    assertEquals(READ, json().at("/input/files").size());
    assertEquals(manifest, ManifestFile.read(output(), configuration).orElseThrow());
  }

  @Test
  void moreAreRowsOfAParquetFileThatAnybodyReads() throws IOException {
    Manifest manifest = manifest(2);
    ManifestFile.write(output(), manifest, configuration);
    assertTrue(json().at("/input/files").isMissingNode());
    assertTrue(json().at("/output/files").isMissingNode());
    assertTrue(json().at("/quarantine/files").isMissingNode());
    assertEquals(10_001, json().at("/file_list/files").asLong());
    assertEquals(Files.size(list()), json().at("/file_list/bytes").asLong());
    String from = " FROM read_parquet('" + list() + "')";
    assertEquals(
        List.of(
            List.<Object>of("input", 9_990L, "file:/in/ä-0", 49_895_055L, 99_790_110L, 9_990L, 0L),
            List.<Object>of("output", 9L, "part-0", 936L, 63L, 0L, 9L),
            List.<Object>of("quarantine", 2L, "_quarantine/part-0", 201L, 14L, 0L, 2L)),
        DuckDb.rows(
            "SELECT list, count(*), min(path), sum(bytes)::BIGINT, sum(rows)::BIGINT,"
                + " count(modified), count(crc32c)"
                + from
                + " GROUP BY list ORDER BY list"));
    assertEquals(1_017L, DuckDb.value("SELECT modified" + from + " WHERE path = 'file:/in/ä-17'"));
    assertEquals(manifest, ManifestFile.read(output(), configuration).orElseThrow());
    assertTrue(ManifestFile.isAt(output(), manifest, configuration));
    assertFalse(ManifestFile.isAt(output(), manifest(3), configuration));
  }

  @Test
  void aListThatChangedOrIsGoneIsADifference() throws IOException {
    Manifest manifest = manifest(2);
    ManifestFile.write(output(), manifest, configuration);
    byte[] whole = Files.readAllBytes(list());
    for (int place = 0; place < whole.length; place += whole.length / 50) {
      byte[] changed = whole.clone();
      changed[place] ^= 4;
      assertDamaged(manifest, changed, "is not what was written");
    }
    assertDamaged(manifest, new byte[0], "it has 0 bytes");
    Files.delete(list());
    assertDamaged(manifest, null, "cannot be read");
  }

  private void assertDamaged(Manifest manifest, byte[] bytes, String message) throws IOException {
    if (bytes != null) {
      Files.write(list(), bytes);
    }
    DifferenceException damaged =
        assertThrows(DifferenceException.class, () -> ManifestFile.read(output(), configuration));
    assertTrue(damaged.getMessage().contains(list() + " "), damaged.getMessage());
    assertTrue(damaged.getMessage().contains(message), damaged.getMessage());
    assertFalse(ManifestFile.isAt(output(), manifest, configuration));
  }
}

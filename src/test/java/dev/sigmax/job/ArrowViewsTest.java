package dev.sigmax.job;

import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static dev.sigmax.testing.ArrowJava.TEXT_VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sigmax.testing.ArrowJava;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts and bytes as views, from Arrow's own library and from Polars. Polars wrote the files below
 * {@code golden} (version 0.25.2 for Node.js): 40 rows in the order of 17 * id modulo 40, so that
 * views point forwards and backwards.
 */
class ArrowViewsTest extends JobTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** The name that the row has in Polars's files. */
  private static String polarsName(int id) {
    return id % 7 == 0
        ? null
        : id % 3 == 0 ? "row " + id : "a text that is too long for its view, number " + id;
  }

  private static String polarsColour(int id) {
    String[] colours = {"red", "green", "a colour whose name is too long for its view"};
    return id % 5 == 0 ? null : colours[id % 3];
  }

  @ParameterizedTest
  @ValueSource(strings = {"polars-views.arrow", "polars-views-zstd.arrow", "polars-views.arrows"})
  void viewsAndDictionariesOfThemAreReadAsPolarsWroteThem(String file) {
    assertPublished(
        scoreFrom(GOLDEN.resolve(file).toString(), "multiclass", "--keep", "id,name,colour"));
    assertEngine("columnar");
    List<List<Object>> expected =
        IntStream.range(0, 40)
            .<List<Object>>mapToObj(
                id -> Arrays.asList(id, polarsName(id), polarsColour(id), 0.5f, 0.5f))
            .toList();
    assertEquals(expected, outputRows("id, name, colour, prob_a, prob_b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"polars-views.arrow", "polars-views-zstd.arrow"})
  void listsOfViewsAreReadAsPolarsWroteThem(String file) {
    assertPublished(scoreFrom(GOLDEN.resolve(file).toString(), "multiclass", "--keep", "id,names"));
    List<List<Object>> expected =
        IntStream.range(0, 40)
            .<List<Object>>mapToObj(
                id ->
                    Arrays.asList(
                        id, id % 4 == 0 ? null : polarsName(id), id % 4 == 0 ? null : "x" + id))
            .toList();
    assertEquals(expected, outputRows("id, names[1], names[2]"));
  }

  /** Texts of 0 to 39 bytes; a view holds 12. */
  private static List<List<Object>> textsOfEachLength() {
    return IntStream.range(0, 200)
        .<List<Object>>mapToObj(
            i -> {
              String text = i % 9 == 4 ? null : "é".repeat(i % 40 / 2) + "x".repeat(i % 40 % 2);
              byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
              return Arrays.asList(i, text, bytes, i % 3 - 1f, i % 5 - 2f);
            })
        .toList();
  }

  private static ArrowJava columns(ArrowType text, ArrowType bytes) {
    return new ArrowJava()
        .column("id", INT)
        .column("name", text)
        .column("bytes", bytes)
        .column("logit_a", FLOAT)
        .column("logit_b", FLOAT);
  }

  @Test
  void viewsGiveWhatTextsAndBytesOfTheSameValuesGive() {
    List<List<Object>> rows = textsOfEachLength();
    Path file = in().resolve("a.arrow");
    columns(TEXT, new ArrowType.Binary()).file(file, rows);
    assertPublished(score("multiclass"));
    List<List<Object>> expected = outputRows("* REPLACE (hex(bytes) AS bytes)");
    assertEquals(200, expected.size());
    for (CodecType codec :
        new CodecType[] {CodecType.NO_COMPRESSION, CodecType.ZSTD, CodecType.LZ4_FRAME}) {
      columns(TEXT_VIEW, new ArrowType.BinaryView()).compressed(codec).batches(70).file(file, rows);
      assertPublished(score("multiclass", "--replace"));
      assertEngine("columnar");
      assertEquals(expected, outputRows("* REPLACE (hex(bytes) AS bytes)"));
    }
  }

  @Test
  void columnsBehindViewsThatAreLeftOutAreRead() {
    columns(TEXT_VIEW, new ArrowType.BinaryView())
        .batches(1)
        .file(in().resolve("a.arrow"), textsOfEachLength().subList(20, 40));
    assertPublished(score("multiclass", "--keep", "id"));
    assertEquals(
        IntStream.range(20, 40).<List<Object>>mapToObj(List::of).toList(), outputRows("id"));
  }

  @Test
  void aLabelMayBeViews() throws IOException {
    List<List<Object>> rows =
        IntStream.range(0, 60)
            .<List<Object>>mapToObj(
                i ->
                    List.of(i, i % 4 == 0 ? "a" : "a class of a long name", i % 3 - 1f, i % 5 - 2f))
            .toList();
    List<JsonNode> found = new ArrayList<>();
    for (ArrowType type : new ArrowType[] {TEXT, TEXT_VIEW}) {
      Path file =
          new ArrowJava()
              .column("id", INT)
              .column("truth", type)
              .column("logit_a", FLOAT)
              .column("logit_a class of a long name", FLOAT)
              .batches(7)
              .file(in().resolve("a.arrow"), rows);
      Program run = Program.run("evaluate", file.toString(), "--label", "truth", "--json");
      assertEquals(0, run.code(), run.err());
      found.add(new ObjectMapper().readTree(run.out()));
    }
    assertEquals(60, found.get(0).at("/labelled").asInt(), found.get(0)::toString);
    assertEquals(found.get(0).at("/loss"), found.get(1).at("/loss"));
    assertEquals(found.get(0).at("/classes"), found.get(1).at("/classes"));
  }

  @Test
  void inspectionCallsThemViewsAndCountsRecordBatches() {
    columns(TEXT_VIEW, new ArrowType.BinaryView())
        .batches(100)
        .file(in().resolve("a.arrow"), textsOfEachLength());
    Program inspected = Program.run("inspect", in().toString());
    assertEquals(0, inspected.code(), inspected.err());
    assertTrue(inspected.out().matches("(?s).*name +string +yes +VIEW.*"), inspected.out());
    assertTrue(inspected.out().matches("(?s).*record batches +2\\n.*"), inspected.out());
  }
}

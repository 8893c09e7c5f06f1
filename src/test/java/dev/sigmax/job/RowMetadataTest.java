package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.ParquetTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/**
 * Files whose footer has Spark's own key, copied from another file: what it says of a column is not
 * what the column holds. All pairs of types, held against DuckDB, which does not read the key.
 */
class RowMetadataTest extends JobTest {
  private static final List<String> CLAIMS =
      List.of(
          "byte",
          "short",
          "integer",
          "long",
          "float",
          "double",
          "boolean",
          "string",
          "binary",
          "date",
          "timestamp",
          "timestamp_ntz",
          "decimal(5,2)",
          "decimal(7,2)",
          "decimal(7,3)",
          "decimal(12,0)",
          "decimal(12,2)",
          "decimal(20,0)",
          "decimal(38,4)",
          "decimal(38,0)",
          "interval year to month",
          "interval day to second",
          "time(6)",
          "variant",
          "void");

  private static final List<ParquetJava.Pages> PAGES =
      List.of(
          ParquetJava.Pages.USUAL,
          new ParquetJava.Pages(WriterVersion.PARQUET_1_0, false),
          new ParquetJava.Pages(WriterVersion.PARQUET_2_0, false));

  private record Claimed(Type column, String claim) {}

  /** A column for each pair of a type and a claim. */
  private static List<Claimed> pairs(
      Map<String, PrimitiveType> types, List<String> claims, String prefix) {
    List<Claimed> pairs = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          for (String claim : claims) {
            pairs.add(
                new Claimed(
                    named(type, prefix + name + "_as_" + claim.replaceAll("[^a-z0-9]+", "_")),
                    '"' + claim + '"'));
          }
        });
    return pairs;
  }

  private static PrimitiveType named(PrimitiveType type, String name) {
    return Types.primitive(type.getPrimitiveTypeName(), type.getRepetition())
        .length(type.getTypeLength())
        .as(type.getLogicalTypeAnnotation())
        .named(name);
  }

  private static MessageType schema(List<Claimed> columns) {
    List<Type> fields = new ArrayList<>();
    fields.add(Types.required(PrimitiveTypeName.INT32).named("id"));
    columns.forEach(column -> fields.add(column.column()));
    return new MessageType("claims", fields);
  }

  private static Map<String, String> key(List<Claimed> columns) {
    String fields =
        columns.stream()
            .map(c -> field(c.column().getName(), c.claim()))
            .collect(Collectors.joining(","));
    return Map.of(
        ParquetJava.SPARK_KEY,
        "{\"type\":\"struct\",\"fields\":[" + field("id", "\"integer\"") + "," + fields + "]}");
  }

  private static String field(String name, String type) {
    return "{\"name\":\"%s\",\"type\":%s,\"nullable\":true,\"metadata\":{}}".formatted(name, type);
  }

  private static void fill(Group row, int i, List<Claimed> columns) {
    row.add("id", i);
    for (Claimed column : columns) {
      if (i % 7 != 3) {
        ParquetTypes.add(row, column.column().getName(), column.column().asPrimitiveType(), i);
      }
    }
  }

  private void write(List<Claimed> columns, ParquetJava.Pages pages) {
    ParquetJava.write(
        in().resolve("a.parquet"),
        schema(columns),
        key(columns),
        pages,
        ParquetTypes.VALUES,
        (row, i) -> fill(row, i, columns));
  }

  @Test
  void logitsAreReadAsTheParquetSchemaSays() {
    List<Claimed> logits =
        pairs(
            ParquetTypes.numbers(),
            CLAIMS.stream().filter(claim -> !claim.startsWith("interval")).toList(),
            "logit_");
    for (ParquetJava.Pages pages : PAGES) {
      write(logits, pages);
      for (String engine : List.of("auto", "row")) {
        assertPublished(
            score(
                "multilabel",
                "--temperature",
                "1000",
                "--on-bad-row",
                "null",
                "--engine",
                engine,
                "--replace"));
        assertSigmoids();
      }
    }
  }

  /** A row with a null is one bad row; the others hold the sigmoid of what DuckDB reads. */
  private void assertSigmoids() {
    assertEquals(
        List.of(),
        DuckDb.rows(
            "WITH z AS (UNPIVOT (SELECT id, COLUMNS('logit_(.*)')::DOUBLE AS \"\\1\" FROM '"
                + in()
                + "/a.parquet') ON COLUMNS(* EXCLUDE id) INTO NAME class VALUE z), p AS (UNPIVOT"
                + " (SELECT id, COLUMNS('prob_(.*)') AS \"\\1\" FROM "
                + output()
                + ") ON COLUMNS(* EXCLUDE id) INTO NAME class VALUE p) SELECT class, count(*),"
                + " any_value(z), any_value(p) FROM z FULL JOIN p USING (id, class) WHERE p IS NULL"
                + " OR z IS NULL OR abs(p - 1 / (1 + exp(-z / 1000))) > 1e-12 GROUP BY class"));
  }

  @Test
  void keptColumnsAreReadAsTheParquetSchemaSays() {
    List<Claimed> kept = pairs(ParquetTypes.all(), CLAIMS, "");
    kept.add(new Claimed(Types.optional(PrimitiveTypeName.FLOAT).named("logit"), "\"float\""));
    for (ParquetJava.Pages pages : PAGES) {
      write(kept, pages);
      for (String engine : List.of("auto", "row")) {
        assertPublished(
            score(
                "binary",
                "--logits",
                "logit",
                "--on-bad-row",
                "null",
                "--engine",
                engine,
                "--replace"));
        List<String> names =
            kept.stream().map(c -> c.column().getName()).filter(n -> !n.equals("logit")).toList();
        assertKept(names);
      }
    }
  }

  private void assertKept(List<String> names) {
    String texts =
        names.stream()
            .map(name -> "replace(\"" + name + "\"::VARCHAR, '+00', '') AS \"" + name + "\"")
            .collect(Collectors.joining(", "));
    Map<String, Object> wrong = new LinkedHashMap<>();
    List<List<Object>> before =
        DuckDb.rows("SELECT " + texts + " FROM '" + in() + "/a.parquet' ORDER BY id");
    List<List<Object>> after =
        DuckDb.rows("SELECT " + texts + " FROM " + output() + " ORDER BY id");
    assertEquals(before.size(), after.size());
    for (int row = 0; row < before.size(); row++) {
      for (int i = 0; i < names.size(); i++) {
        Object expected = before.get(row).get(i);
        Object found = after.get(row).get(i);
        if (!String.valueOf(expected).equals(String.valueOf(found))) {
          wrong.putIfAbsent(names.get(i), expected + " became " + found);
        }
      }
    }
    assertEquals(Map.of(), wrong);
  }
}

package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.ParquetJava;
import dev.sigmax.testing.ParquetTypes;
import dev.sigmax.testing.Program;
import dev.sigmax.testing.SparkMinor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Which columns come through, in which order and as what; and what is said where files differ. */
class KeptColumnsTest extends JobTest {
  private static final String LOGITS = ", 1::FLOAT AS logit_a, 2::FLOAT AS logit_b";

  private List<Object> columns() {
    return DuckDb.rows("SELECT column_name FROM (DESCRIBE SELECT * FROM " + output() + ")").stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static List<Object> then(List<String> kept) {
    List<Object> all = new ArrayList<>(kept);
    all.addAll(List.of("prob_a", "prob_b", "row_sum", "row_issue"));
    return all;
  }

  /** A file whose columns stand in this order, each with the value of its name. */
  private void file(String path, List<String> names) {
    String columns =
        names.stream()
            .map(
                name ->
                    name.startsWith("logit_")
                        ? "1::FLOAT AS " + name
                        : "'"
                            + name.replace("'", "''")
                            + "' AS \""
                            + name.replace("\"", "\"\"")
                            + '"')
            .collect(Collectors.joining(", "));
    input(path, "SELECT " + columns);
  }

  @Test
  void theyComeInTheOrderOfTheFirstFileThenPartitions() {
    List<String> names =
        List.of(
            "z",
            "a",
            "a.b",
            "with space",
            "quo\"te",
            "back`tick",
            "com,ma",
            "ключ",
            "10",
            "9",
            "_x");
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      List<String> first = new ArrayList<>(names);
      first.addAll(List.of("logit_a", "logit_b"));
      Collections.shuffle(first, random);
      // The logits' own order gives the classes, and must not change.
      first.removeAll(List.of("logit_a", "logit_b"));
      first.add(round, "logit_a");
      first.add(2 * round + 1, "logit_b");
      List<String> other = new ArrayList<>(first);
      Collections.shuffle(other, random);
      file("day=2/hour=01/b.parquet", other);
      file("day=1/hour=02/a.parquet", first);
      assertPublished(score("multiclass", "--replace"));
      List<String> kept = new ArrayList<>(first);
      kept.removeAll(List.of("logit_a", "logit_b"));
      for (String name : kept) {
        assertEquals(
            List.of(List.of(name, 2L)),
            DuckDb.rows(
                "SELECT \""
                    + name.replace("\"", "\"\"")
                    + "\", count(*) FROM "
                    + output()
                    + " GROUP BY ALL"));
      }
      kept.addAll(List.of("day", "hour"));
      assertEquals(then(kept), columns());
    }
  }

  @Test
  void keepNamesTheirOrder() {
    file("day=1/a.parquet", List.of("p", "q", "logit_a", "r.s", "logit_b"));
    file("day=2/a.parquet", List.of("r.s", "logit_b", "q", "logit_a", "p"));
    assertPublished(score("multiclass", "--keep", "r.s,day,p"));
    assertEquals(then(List.of("r.s", "day", "p")), columns());
    assertEquals(
        List.of(List.of("r.s", "p")), DuckDb.rows("SELECT DISTINCT \"r.s\", p FROM " + output()));
  }

  /** What each comes out as, by DuckDB's name, and the same values. */
  @Test
  void unusualTypesComeOutAsTheDocumentsSay() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("18446744073709551615::UBIGINT", "DECIMAL(20,0)");
    types.put("4294967295::UINTEGER", "BIGINT");
    types.put("65535::USMALLINT", "INTEGER");
    types.put("255::UTINYINT", "SMALLINT");
    types.put("'12345678901234567890123456789012345678'::DECIMAL(38, 0)", "DECIMAL(38,0)");
    types.put("-1.5::DECIMAL(38, 10)", "DECIMAL(38,10)");
    types.put("1.25::DECIMAL(9, 2)", "DECIMAL(9,2)");
    types.put("1.25::DECIMAL(18, 2)", "DECIMAL(18,2)");
    types.put("170141183460469231731687303715884105727::HUGEINT", "DOUBLE");
    types.put("'101'::BIT", "VARCHAR");
    types.put("true", "BOOLEAN");
    if (SparkMinor.hasTime()) {
      types.put("TIME '01:02:03.5'", "TIME");
    }
    types.put("NULL", "INTEGER");
    int i = 0;
    StringBuilder query = new StringBuilder("SELECT ");
    for (String value : types.keySet()) {
      query.append(value).append(" AS c").append(i++).append(", ");
    }
    input("a.parquet", query.substring(0, query.length() - 2) + LOGITS);
    assertPublished(score("multiclass"));
    List<Object> found =
        DuckDb.rows("SELECT column_type FROM (DESCRIBE SELECT * FROM " + output() + ")").stream()
            .map(row -> row.get(0))
            .toList();
    assertEquals(List.copyOf(types.values()), found.subList(0, types.size()));
    String columns = "COLUMNS('c[0-9]+')::VARCHAR";
    assertEquals(
        DuckDb.rows("SELECT " + columns + " FROM '" + in() + "/*.parquet'"), outputRows(columns));
  }

  @Test
  void typesThatSparkHasNotAreRefusedByName() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("uuid()", "UUID");
    types.put("TIMESTAMP_NS '2026-01-01'", "NANOS");
    types.put("INTERVAL 1 DAY", "INTERVAL");
    types.put("TIMETZ '01:02:03+00'", "TIME");
    if (!SparkMinor.hasTime()) {
      types.put("TIME '01:02:03.5'", "TIME");
    }
    types.forEach(
        (value, word) -> {
          input("a.parquet", "SELECT 1 AS id, 'x' AS name, " + value + " AS odd" + LOGITS);
          assertRefused(3, score("multiclass"), "column odd", word, "--keep 'id,name'");
        });
    assertPublished(score("multiclass", "--keep", "id,name"));
  }

  @Test
  void aColumnOfAnotherTypeInAnotherFileIsRefusedWithAWayOut() {
    input("day=1/a.parquet", "SELECT 1::BIGINT AS id, 'x' AS name" + LOGITS);
    input("day=2/a.parquet", "SELECT '1' AS id, 'x' AS name" + LOGITS);
    assertRefused(
        3, score("multiclass"), "column id", "bigint", "string", "day=2", "--keep 'name,day'");
    assertPublished(score("multiclass", "--keep", "name,day"));
  }

  @Test
  void aColumnThatOnlyLaterFilesHaveIsRefusedWithThoseFiles() {
    input("day=1/a.parquet", "SELECT 1 AS id" + LOGITS);
    input("day=2/a.parquet", "SELECT 2 AS id, 'x' AS \"promo code\"" + LOGITS);
    input("day=3/a.parquet", "SELECT 3 AS id, 'y' AS \"promo code\"" + LOGITS);
    assertRefused(
        3,
        score("multiclass"),
        "promo code",
        "day=1",
        "day=2",
        "day=3",
        "--allow-missing \"promo code\"",
        "--keep 'id,day'");
    assertPublished(score("multiclass", "--allow-missing", "promo code"));
    assertEquals(then(List.of("id", "promo code", "day")), columns());
    assertEquals(
        List.of(Arrays.asList(1, null), List.of(2, "x"), List.of(3, "y")),
        outputRows("id, \"promo code\""));
    assertEquals("promo code", manifest().at("/job/allow-missing/0").asText());
    assertPublished(
        score("multiclass", "--keep", "promo code", "--allow-missing", "promo code", "--replace"));
    assertEquals(then(List.of("promo code")), columns());
    assertPublished(
        score(
            "multiclass",
            "--on-bad-row",
            "quarantine",
            "--allow-missing",
            "promo code",
            "--replace"));
  }

  @Test
  void aColumnThatLaterFilesLackCanBeMissingToo() {
    input("a.parquet", "SELECT 1 AS id, {'x': 1} AS extra" + LOGITS);
    input("b.parquet", "SELECT 2 AS id" + LOGITS);
    assertRefused(3, score("multiclass"), "extra", "b.parquet", "--allow-missing extra");
    assertPublished(score("multiclass", "--allow-missing", "extra"));
    assertEquals(List.of(Arrays.asList(1, 1), Arrays.asList(2, null)), outputRows("id, extra.x"));
  }

  @Test
  void aColumnOfSeveralTypesIsRefusedWithFilesThatHaveIt() {
    input("a.parquet", "SELECT 1 AS id" + LOGITS);
    input("b.parquet", "SELECT 2 AS id, 1 AS extra" + LOGITS);
    input("c.parquet", "SELECT 3 AS id, 'x' AS extra" + LOGITS);
    Program run = score("multiclass", "--allow-missing", "extra");
    assertRefused(3, run, "extra is int in", "b.parquet and string in", "c.parquet");
    assertFalse(run.err().contains("a.parquet"), run.err());
  }

  @Test
  void logitsAndUnknownColumnsMayNotBeMissing() {
    input("a.parquet", "SELECT 1 AS id" + LOGITS);
    input("b.parquet", "SELECT 2 AS id, 2::FLOAT AS logit_a");
    assertRefused(2, score("multiclass", "--allow-missing", "logit_b"), "logit_b", "carry through");
    assertRefused(3, score("multiclass", "--allow-missing", "idd"), "idd", "no file has");
    Program run = score("multiclass", "--allow-missing", "id");
    assertRefused(3, run, "logit_b", "b.parquet");
    assertFalse(run.err().contains("--allow-missing logit_b"), run.err());
  }

  /** As parquet-java writes them; DuckDB cannot. */
  @Test
  void rareTypesComeThroughOrAreRefusedByName() {
    for (PrimitiveType type :
        List.of(
            Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS))
                .named("odd"),
            Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timeType(false, TimeUnit.NANOS))
                .named("odd"),
            Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(2)
                .as(LogicalTypeAnnotation.float16Type())
                .named("odd"))) {
      write(type);
      assertRefused(3, score("multiclass"), "column odd", "--keep 'id'");
    }
    write(
        Types.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.bsonType()).named("odd"));
    assertPublished(score("multiclass"));
    assertEquals("BLOB", DuckDb.value("SELECT typeof(odd) FROM " + output()));
  }

  /** Those of Spark 4.2 on stay what they are, to the bit. */
  @Test
  void shapesOnTheEarthAreRefusedByNameWhereSparkHasNone() {
    for (String name : List.of("GEOMETRY", "GEOGRAPHY")) {
      write(column("required binary odd (" + name + ")"));
      if (SparkMinor.hasShapes()) {
        assertPublished(score("multiclass", "--replace", "--engine", "auto"));
        assertEquals(
            spark()
                .read()
                .parquet(in().toString())
                .selectExpr("id", "ST_AsBinary(odd) b")
                .collectAsList(),
            spark()
                .read()
                .parquet(out().toString())
                .selectExpr("id", "ST_AsBinary(odd) b")
                .collectAsList());
      } else {
        assertRefused(3, score("multiclass"), "column odd", name, "--keep 'id'");
      }
    }
  }

  @Test
  void aColumnOfNothingButNullsStays() {
    write(column("optional int32 odd (UNKNOWN)"));
    assertPublished(score("multiclass"));
    assertEquals(2L, DuckDb.value("SELECT count(*) FILTER (odd IS NULL) FROM " + output()));
  }

  /** A column of a type that parquet-java knows from 1.16 on. */
  private static PrimitiveType column(String declared) {
    try {
      return MessageTypeParser.parseMessageType("message table { " + declared + "; }")
          .getType(0)
          .asPrimitiveType();
    } catch (IllegalArgumentException e) {
      return abort("this parquet-java does not know " + declared);
    }
  }

  private void write(PrimitiveType odd) {
    MessageType schema =
        new MessageType(
            "table",
            Types.required(PrimitiveTypeName.INT32).named("id"),
            odd,
            Types.required(PrimitiveTypeName.FLOAT).named("logit_a"),
            Types.required(PrimitiveTypeName.FLOAT).named("logit_b"));
    ParquetJava.write(
        in().resolve("a.parquet"),
        schema,
        Map.of(),
        ParquetJava.Pages.USUAL,
        2,
        (row, i) -> {
          row.add("id", i);
          if (odd.isRepetition(Type.Repetition.REQUIRED)) {
            ParquetTypes.add(row, "odd", odd, i);
          }
          row.add("logit_a", 1f);
          row.add("logit_b", 2f);
        });
  }
}

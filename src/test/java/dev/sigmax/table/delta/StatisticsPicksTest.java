package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.spark.RowFilter;
import dev.sigmax.spark.RowFilter.Comparison;
import dev.sigmax.testing.DuckDb;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What statistics say of a condition is true of the rows, as DuckDB counts them. */
class StatisticsPicksTest {
  private static final StructType COLUMNS =
      new StructType().add("i", IntegerType.INTEGER).add("s", StringType.STRING);

  private static final List<String> TEXTS = List.of("", "a", "ab", "b", "\uFF61", "\uD83D\uDE00");

  /** A condition, and the same in SQL. */
  private record Condition(RowFilter filter, String sql) {}

  private final Random random = new Random(42);

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static String quoted(Object value) {
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  private Condition condition(int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 7);
    boolean number = random.nextBoolean();
    String column = number ? "i" : "s";
    if (kind == 0) {
      Comparison comparison = any(List.of(Comparison.values()));
      Object value = number ? (Object) random.nextInt(4) : any(TEXTS);
      return new Condition(
          new RowFilter.Compared(column, comparison, value),
          column + sign(comparison) + quoted(value));
    }
    if (kind == 1) {
      List<Object> values =
          number ? List.of(random.nextInt(4), random.nextInt(4)) : List.of(any(TEXTS), any(TEXTS));
      String list = values.stream().map(value -> quoted(value)).collect(Collectors.joining(","));
      return new Condition(
          new RowFilter.Listed(column, true, values), column + " IN (" + list + ")");
    }
    if (kind == 2) {
      return new Condition(new RowFilter.Null(column, true), column + " IS NULL");
    }
    if (kind == 3) {
      String prefix = any(TEXTS);
      return new Condition(new RowFilter.Prefixed("s", true, prefix), "s LIKE '" + prefix + "%'");
    }
    Condition left = condition(depth - 1);
    if (kind == 4) {
      return new Condition(left.filter().opposite(), "NOT (" + left.sql() + ")");
    }
    Condition right = condition(depth - 1);
    return kind == 5
        ? new Condition(
            new RowFilter.And(left.filter(), right.filter()),
            "(" + left.sql() + ") AND (" + right.sql() + ")")
        : new Condition(
            new RowFilter.Or(left.filter(), right.filter()),
            "(" + left.sql() + ") OR (" + right.sql() + ")");
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> " = ";
      case NOT_EQUAL -> " <> ";
      case LESS -> " < ";
      case LESS_OR_EQUAL -> " <= ";
      case GREATER -> " > ";
      case GREATER_OR_EQUAL -> " >= ";
    };
  }

  private static Optional<PickedRows> picks(String json, StructType columns, RowFilter filter) {
    return new StatisticsPicks(DataFileStatistics.deserializeFromJson(json, columns).orElseThrow())
        .of(filter);
  }

  private String someRows() {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(
            row ->
                "("
                    + (random.nextInt(4) == 0 ? "NULL" : random.nextInt(4))
                    + "::INT, "
                    + (random.nextInt(4) == 0 ? "NULL" : quoted(any(TEXTS)))
                    + "::VARCHAR)")
        .collect(Collectors.joining(",", "(VALUES ", ") t(i, s)"));
  }

  @Test
  void whatIsSaidIsTrueOfTheRows() {
    List<Condition> conditions = new ArrayList<>();
    List<String> queries = new ArrayList<>();
    for (int n = 0; n < 2000; n++) {
      Condition condition = condition(2);
      conditions.add(condition);
      queries.add(
          "SELECT "
              + n
              + ", count(*), count(*) FILTER ("
              + condition.sql()
              + "), count(*) - count(i), count(*) - count(s), min(i), max(i), min(s), max(s) FROM "
              + someRows());
    }
    int said = 0;
    for (List<Object> counted : DuckDb.rows(String.join(" UNION ALL ", queries))) {
      int n = ((Number) counted.get(0)).intValue();
      String json =
          "{\"numRecords\":%s,\"nullCount\":{\"i\":%s,\"s\":%s},%s,%s}"
              .formatted(
                  counted.get(1),
                  counted.get(3),
                  counted.get(4),
                  bounds("minValues", counted.get(5), counted.get(7)),
                  bounds("maxValues", counted.get(6), counted.get(8)));
      Optional<PickedRows> picks = picks(json, COLUMNS, conditions.get(n).filter());
      if (picks.isPresent()) {
        said++;
        assertEquals(
            List.of(counted.get(2), counted.get(1)),
            List.of(picks.get().picked(), picks.get().all()),
            queries.get(n));
      }
    }
    assertTrue(said > 1000, said + " of 2000");
  }

  private static String bounds(String name, Object number, Object text) {
    return "\"%s\":{\"i\":%s,\"s\":%s}"
        .formatted(name, number, text == null ? null : "\"" + text + "\"");
  }

  @Test
  void oneValueInAllRowsIsPickedOrNot() {
    String json =
        "{\"numRecords\":2,\"minValues\":{\"s\":\"b\"},\"maxValues\":{\"s\":\"b\"},\"nullCount\":{\"s\":0}}";
    assertEquals(
        Optional.of(new PickedRows(2, 2)),
        picks(json, COLUMNS, new RowFilter.Compared("s", Comparison.EQUAL, "b")));
    assertEquals(
        Optional.of(new PickedRows(0, 2)),
        picks(json, COLUMNS, new RowFilter.Compared("s", Comparison.EQUAL, "c")));
  }

  /** Delta's writers cut texts off after 32 characters. */
  @Test
  void aTextThatMayHaveBeenCutOffIsNoBound() {
    String cut = "x".repeat(32);
    String json =
        "{\"numRecords\":2,\"minValues\":{\"s\":\"%s\"},\"maxValues\":{\"s\":\"%s\"},\"nullCount\":{\"s\":0}}"
            .formatted(cut, cut);
    assertEquals(
        Optional.empty(), picks(json, COLUMNS, new RowFilter.Compared("s", Comparison.EQUAL, cut)));
  }

  /** Delta's writers cut timestamps off after milliseconds. */
  @Test
  void aTimestampMayBeLaterThanItsBound() {
    StructType columns = new StructType().add("t", TimestampNTZType.TIMESTAMP_NTZ);
    String json =
        "{\"numRecords\":2,\"minValues\":{\"t\":\"1970-01-01T00:00:00.001\"},\"maxValues\":{\"t\":\"1970-01-01T00:00:00.001\"},\"nullCount\":{\"t\":0}}";
    assertEquals(
        Optional.empty(),
        picks(json, columns, new RowFilter.Compared("t", Comparison.EQUAL, 1000L)));
    assertEquals(
        Optional.empty(),
        picks(json, columns, new RowFilter.Compared("t", Comparison.GREATER, 1998L)));
    assertEquals(
        Optional.of(new PickedRows(0, 2)),
        picks(json, columns, new RowFilter.Compared("t", Comparison.GREATER, 1999L)));
  }

  @Test
  void decimalsAreComparedAsNumbers() {
    StructType columns = new StructType().add("d", new DecimalType(10, 2));
    String json =
        "{\"numRecords\":1,\"minValues\":{\"d\":1.5},\"maxValues\":{\"d\":1.50},\"nullCount\":{\"d\":0}}";
    assertEquals(
        Optional.of(new PickedRows(1, 1)),
        picks(
            json, columns, new RowFilter.Compared("d", Comparison.EQUAL, new BigDecimal("1.500"))));
  }

  @Test
  void columnsWithoutStatisticsAreNotToldOf() {
    assertEquals(
        Optional.empty(),
        picks("{\"numRecords\":2}", COLUMNS, new RowFilter.Compared("i", Comparison.EQUAL, 1)));
  }
}

package dev.sigmax.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** DuckDB over JDBC, in its own SQL. */
final class DuckDb implements Engine {
  private final int threads;

  DuckDb(int threads) {
    this.threads = threads;
  }

  static void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first row of a query, as numbers. */
  static double[] row(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      double[] row = new double[result.getMetaData().getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = result.getDouble(i + 1);
      }
      return row;
    }
  }

  static String version() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public void run(Shape shape, Path input, Path output) throws SQLException {
    execute(
        "SET threads = " + threads,
        "COPY ("
            + query(shape, "'" + input + "'")
            + ") TO '"
            + output
            + "' (FORMAT parquet, CODEC 'snappy')");
  }

  private static String query(Shape shape, String table) {
    String type = shape.type();
    if (shape.array()) {
      return "SELECT id, list_transform(e, lambda x: (x / s)::"
          + type
          + ") AS probabilities FROM (SELECT id, e, list_sum(e) AS s FROM (SELECT id,"
          + " list_transform(logits, lambda x: exp(x - m)) AS e FROM (SELECT id, logits,"
          + " list_max(logits) AS m FROM "
          + table
          + ")))";
    }
    int classes = shape.classes();
    if (!shape.softmax()) {
      return "SELECT id, "
          + list(classes, "(1 / (1 + exp(-logit_%1$d)))::" + type + " AS prob_%1$d", ", ")
          + " FROM "
          + table;
    }
    return "SELECT id, "
        + list(classes, "(e%1$d / s)::" + type + " AS prob_%1$d", ", ")
        + " FROM (SELECT id, "
        + list(classes, "e%1$d", ", ")
        + ", "
        + list(classes, "e%1$d", " + ")
        + " AS s FROM (SELECT id, "
        + list(classes, "exp(logit_%1$d - m) AS e%1$d", ", ")
        + " FROM (SELECT *, greatest("
        + list(classes, "logit_%1$d", ", ")
        + ") AS m FROM "
        + table
        + ")))";
  }

  /** A pattern for each class. */
  static String list(int classes, String pattern, String separator) {
    return IntStream.range(0, classes)
        .mapToObj(pattern::formatted)
        .collect(Collectors.joining(separator));
  }
}

package dev.sigmax.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB in memory: writes Parquet that Spark did not write, and reads what Spark wrote. */
public final class DuckDb {
  private DuckDb() {}

  /** Runs statements. */
  public static void run(String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the rows of a query as Parquet. */
  public static void write(String query, Object path, String options) {
    run("COPY (" + query + ") TO '" + path + "' (FORMAT parquet" + options + ")");
  }

  /** Writes the rows of a query as Parquet. */
  public static void write(String query, Object path) {
    write(query, path, "");
  }

  /** The rows of a query. */
  public static List<List<Object>> rows(String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      List<List<Object>> rows = new ArrayList<>();
      while (results.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
          row.add(results.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only value of a query's only row. */
  public static Object value(String query) {
    return rows(query).get(0).get(0);
  }
}

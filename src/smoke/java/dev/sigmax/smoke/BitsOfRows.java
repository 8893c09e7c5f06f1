package dev.sigmax.smoke;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** One text for a table's values to the bit, in whatever order its rows come. */
final class BitsOfRows {
  private static final int DIGITS = 16;

  private BitsOfRows() {}

  static String digest(Dataset<Row> table) {
    Map<String, Integer> rows = new TreeMap<>();
    for (Row row : table.collectAsList()) {
      rows.merge(text(row), 1, Integer::sum);
    }
    return digest(String.join(",", table.columns()) + rows);
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Float number) {
      return Integer.toHexString(Float.floatToRawIntBits(number));
    }
    if (value instanceof Double number) {
      return Long.toHexString(Double.doubleToRawLongBits(number));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Row row) {
      StringBuilder text = new StringBuilder("(");
      for (int i = 0; i < row.length(); i++) {
        text.append(text(row.get(i))).append(';');
      }
      return text.append(')').toString();
    }
    if (value instanceof scala.collection.Seq<?> elements) {
      List<?> list = CollectionConverters.asJava(elements);
      return list.stream().map(BitsOfRows::text).toList().toString();
    }
    return String.valueOf(value);
  }
}

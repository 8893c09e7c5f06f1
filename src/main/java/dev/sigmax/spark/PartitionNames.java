package dev.sigmax.spark;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/** How Spark, Hive, Arrow and DuckDB write names and values of partitions into folders. */
public final class PartitionNames {
  private static final Pattern NOT_ASCII = Pattern.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+");

  private PartitionNames() {}

  /**
   * A name or value as it was before it was written. Spark and Hive escape ASCII alone, Arrow and
   * DuckDB each byte of UTF-8, which Spark would read as a character.
   */
  public static String unescape(String text) {
    return ExternalCatalogUtils.unescapePathName(
        NOT_ASCII.matcher(text).replaceAll(PartitionNames::decoded));
  }

  private static String decoded(MatchResult escaped) {
    byte[] bytes = HexFormat.of().parseHex(escaped.group().replace("%", ""));
    try {
      return Matcher.quoteReplacement(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException another) {
      // Some other encoding: as Spark reads it.
      return Matcher.quoteReplacement(escaped.group());
    }
  }

  /** Whether an unescaped value stands for null. */
  public static boolean isNull(String value) {
    return value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME());
  }
}

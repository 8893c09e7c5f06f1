package dev.sigmax.job.inspect;

import dev.sigmax.report.Inspection.Column;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataTypes;

/**
 * Names that a typo keeps from beginning as others do: {@code Logit_2}, {@code logits_2} and {@code
 * logit-2} beside {@code logit_1}.
 */
final class NearNames {
  private static final String SEPARATOR = "[_.\\- ]";

  private final String shared;
  private final Pattern near;

  private NearNames(String shared, Pattern near) {
    this.shared = shared;
    this.near = near;
  }

  /** Those near what names begin with. */
  static NearNames of(String shared) {
    String word = shared.replaceFirst(SEPARATOR + "$", "");
    return new NearNames(
        shared,
        Pattern.compile(
            Pattern.quote(word) + "s?(" + SEPARATOR + "|(?=\\d)).+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
  }

  /** The columns of floating-point numbers that have such a name. */
  List<String> among(List<Column> columns) {
    return columns.stream()
        .filter(
            column ->
                column.type().equals(DataTypes.FloatType.catalogString())
                    || column.type().equals(DataTypes.DoubleType.catalogString()))
        .map(Column::name)
        .filter(name -> !name.startsWith(shared) && near.matcher(name).matches())
        .toList();
  }
}

package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.kernel.rule.Addition;
import dev.sigmax.kernel.rule.ScoreNames;
import dev.sigmax.parquet.footer.Footer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds an input that is an output of Sigmax: it has probabilities, and may have no logits. */
public final class OwnOutput {
  private static final List<String> MARKS = List.of(ScoreNames.ROW_SUM, ScoreNames.ROW_ISSUE);

  private OwnOutput() {}

  private static boolean is(StructType schema) {
    return MARKS.stream().allMatch(name -> LogitTypes.typeOf(schema, name) != null);
  }

  /** The columns that may be logits: in an output, what the run found out about a row is none. */
  static StructType withoutFindings(StructType schema) {
    if (!is(schema)) {
      return schema;
    }
    Set<String> findings = new HashSet<>(MARKS);
    Arrays.stream(Addition.values()).map(Addition::columnName).forEach(findings::add);
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !findings.contains(field.name()))
            .toArray(StructField[]::new));
  }

  /** Refuses one, unless the job says which of its columns are logits and which to carry along. */
  public static void refuse(Footer footer, ReadRequest request) {
    if (request.keep().isEmpty() || meansProbabilities(request.logits())) {
      refuse(footer);
    }
  }

  /** Refuses one. */
  public static void refuse(Footer footer) {
    if (is(footer.schema())) {
      throw new InputException(
          ErrorName.INPUT_IS_OWN_OUTPUT,
          "the input "
              + footer.path()
              + " is an output of Sigmax: it has the columns row_sum and row_issue, and its scores"
              + " are probabilities already. Take the input of that run, which its"
              + " _sigmax/manifest.json names. If the output carries logits along, name them with"
              + " --logits, and for score the columns to carry with --keep.");
    }
  }

  private static boolean meansProbabilities(ColumnChoice logits) {
    List<String> names =
        logits instanceof ColumnChoice.Text text
            ? List.of(text.text())
            : ((ColumnChoice.Names) logits).names();
    return names.stream()
        .allMatch(
            name ->
                name.startsWith(ScoreNames.PROBABILITY_PREFIX)
                    || name.equals(ScoreNames.PROBABILITIES));
  }
}

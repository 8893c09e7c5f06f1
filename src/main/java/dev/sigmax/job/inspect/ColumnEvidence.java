package dev.sigmax.job.inspect;

import dev.sigmax.error.Counted;
import dev.sigmax.input.InputTable;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Why columns may be logits, and what the footers of all files say of them. */
final class ColumnEvidence {
  private static final int MOST_NAMED = 3;
  private static final String FLOAT = DataTypes.FloatType.catalogString();
  private static final String DOUBLE = DataTypes.DoubleType.catalogString();

  private final String logits;
  private final InputTable table;
  private final FooterFacts facts;

  /** Evidence for the columns of {@code table} that {@code --logits} chooses. */
  ColumnEvidence(String logits, InputTable table, FooterFacts facts) {
    this.logits = logits;
    this.table = table;
    this.facts = facts;
  }

  /** Sentences for a person. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>(List.of(why()));
    footers().ifPresent(sentences::add);
    return sentences;
  }

  /** The one column that {@code --logits} names; the text itself where it is a glob. */
  static String columnOf(String logits) {
    return logits.startsWith("\"") ? new ColumnChoice.Text(logits).items().get(0) : logits;
  }

  private String why() {
    List<String> columns = table.logits().columns();
    String type = String.join(" and ", types());
    boolean struct = columns.stream().anyMatch(name -> name.startsWith(columnOf(logits) + "."));
    if (table.logits().array()) {
      return "an array of " + type + " in each row";
    }
    if (struct) {
      return "a struct of " + type + " fields: " + few(columns);
    }
    Optional<String> shared = shared();
    if (shared.isPresent()) {
      return columns.size() == 1
          ? "the one " + type + " column that begins with " + shared.get() + ": " + columns.get(0)
          : columns.size()
              + " "
              + type
              + " columns that begin with "
              + shared.get()
              + ": "
              + few(columns);
    }
    return logits.equals("logit")
        ? "a " + type + " column of that name"
        : "the one " + type + " column left over";
  }

  /** What the names begin with, of a glob. */
  private Optional<String> shared() {
    return logits.endsWith("*")
        ? Optional.of(logits.substring(0, logits.length() - 1))
        : Optional.empty();
  }

  /** What to say of others that a typo may have kept from being logits. */
  Optional<Finding> nearlyNamed() {
    List<String> names =
        shared().map(NearNames::of).map(near -> near.among(facts.columns())).orElse(List.of());
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingKind.NEARLY_NAMED,
                "--logits "
                    + logits
                    + " does not choose "
                    + few(names)
                    + ", named nearly alike. Rename what is a logit too, or name all logits, one by"
                    + " one, with --logits."));
  }

  /** The first names and the last, for a person. */
  static String few(List<String> columns) {
    return columns.size() <= MOST_NAMED
        ? String.join(", ", columns)
        : columns.get(0) + ", " + columns.get(1) + ", … " + columns.get(columns.size() - 1);
  }

  private List<String> types() {
    return table.logitPaths().stream()
        .map(this::typeAt)
        .map(type -> type instanceof ArrayType array ? array.elementType() : type)
        .map(DataType::catalogString)
        .distinct()
        .toList();
  }

  private DataType typeAt(List<String> path) {
    DataType type = table.columns();
    for (String name : path) {
      StructType struct = (StructType) type;
      type = struct.fields()[struct.fieldIndex(name)].dataType();
    }
    return type;
  }

  /** Range and nulls over all rows, where the columns are whole columns of the files. */
  private Optional<String> footers() {
    Optional<ColumnChunks> one = facts.chunks(columnOf(logits));
    List<Optional<ColumnChunks>> columns =
        one.isPresent()
            ? List.of(one)
            : table.logits().columns().stream().map(facts::chunks).toList();
    return columns.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : columns.stream().flatMap(Optional::stream).reduce(ColumnChunks::with).map(this::footers);
  }

  private String footers(ColumnChunks all) {
    String range =
        all.range() == null
            ? "the footers tell no range"
            : NumberText.of(all.range().min()) + " … " + NumberText.of(all.range().max());
    return "all rows, by the footers: " + range + ", " + nulls(all.nulls());
  }

  private static String nulls(long count) {
    return count < 0 ? "nulls not counted" : count == 0 ? "no nulls" : Counted.of(count, "null");
  }

  /** What to say where models would have given floats. */
  Optional<Finding> notFloating() {
    List<String> others =
        types().stream().filter(type -> !type.equals(FLOAT) && !type.equals(DOUBLE)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                FindingKind.NOT_FLOATING,
                "the values of "
                    + logits
                    + " are "
                    + String.join(" and ", others)
                    + "; score takes them as double. Models give floats: if they were rounded or"
                    + " scaled on the way, export floats."));
  }
}

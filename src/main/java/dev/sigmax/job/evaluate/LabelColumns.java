package dev.sigmax.job.evaluate;

import static org.apache.spark.sql.functions.array;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.input.ColumnNames;
import dev.sigmax.input.column.ColumnChoice;
import dev.sigmax.input.column.NearestName;
import dev.sigmax.kernel.rule.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that hold what really was: one for the class; or of a multilabel task a yes or no for
 * each label, as a comma list, as a glob, or as one array, which may name the labels instead.
 *
 * @param names in the labels' order, where there are several
 * @param arrayOf what the elements are, where the only column is an array
 */
public record LabelColumns(
    List<String> names, List<String> starNames, Optional<DataType> arrayOf, Optional<Task> task) {
  private static final String OPTION = "--label";

  /** The columns that a text names in a table. */
  public static LabelColumns of(String text, StructType columns, List<String> partitions) {
    List<String> all =
        Stream.concat(Arrays.stream(columns.fieldNames()), partitions.stream()).toList();
    if (all.contains(text)) {
      return single(text, columns, partitions);
    }
    int star = text.indexOf('*');
    if (star >= 0) {
      return matching(text, star, all);
    }
    List<String> names = new ColumnChoice.Text(text).items();
    for (String name : names) {
      if (!all.contains(name)) {
        throw new InputException(
            ErrorName.COLUMN_NOT_FOUND,
            "there is no column "
                + name
                + " for "
                + OPTION
                + ". The columns: "
                + FewNames.of(all)
                + "."
                + NearestName.question(name, all));
      }
    }
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new UsageException(
          ErrorName.COLUMN_LIST, OPTION + " names no column, or one twice: " + text + ".");
    }
    return names.size() == 1
        ? single(names.get(0), columns, partitions)
        : new LabelColumns(names, names, Optional.empty(), Optional.of(Task.MULTILABEL));
  }

  private static LabelColumns single(String name, StructType columns, List<String> partitions) {
    DataType type =
        partitions.contains(name) ? DataTypes.StringType : columns.apply(name).dataType();
    if (type instanceof ArrayType array) {
      return new LabelColumns(
          List.of(name), List.of(), Optional.of(array.elementType()), Optional.of(Task.MULTILABEL));
    }
    return new LabelColumns(List.of(name), List.of(), Optional.empty(), Optional.empty());
  }

  private static LabelColumns matching(String glob, int star, List<String> all) {
    String before = glob.substring(0, star);
    String after = glob.substring(star + 1);
    Pattern pattern = Pattern.compile(Pattern.quote(before) + "(.*)" + Pattern.quote(after));
    List<String> names = all.stream().filter(name -> pattern.matcher(name).matches()).toList();
    if (names.isEmpty()) {
      throw new InputException(
          ErrorName.COLUMN_NOT_FOUND,
          "no column matches " + OPTION + " " + glob + ". The columns: " + FewNames.of(all) + ".");
    }
    List<String> starNames =
        names.stream()
            .map(name -> name.substring(before.length(), name.length() - after.length()))
            .toList();
    return new LabelColumns(names, starNames, Optional.empty(), Optional.of(Task.MULTILABEL));
  }

  /** How their texts are meant. */
  public Truth.Form form(Task given) {
    if (given != Task.MULTILABEL) {
      return Truth.Form.CLASS;
    }
    return arrayOf.isPresent() && arrayOf.get().equals(DataTypes.StringType)
        ? Truth.Form.NAMES
        : Truth.Form.FLAGS;
  }

  /** The same in the order of the labels: by name where the names are the labels, else as given. */
  public LabelColumns inOrderOf(Task given, List<String> labels) {
    if (given != Task.MULTILABEL) {
      if (names.size() > 1 || arrayOf.isPresent()) {
        throw new UsageException(
            ErrorName.TASK_DOES_NOT_FIT,
            "a "
                + given.name().toLowerCase(java.util.Locale.ROOT)
                + " task has one label a row, and "
                + OPTION
                + " names "
                + (arrayOf.isPresent() ? "an array" : Counted.of(names.size(), "column"))
                + ". Where several labels may hold, take --task multilabel.");
      }
      return this;
    }
    if (arrayOf.isPresent()) {
      return this;
    }
    if (names.size() != labels.size()) {
      throw new UsageException(
          ErrorName.LABELS_DO_NOT_FIT,
          OPTION
              + " names "
              + Counted.of(names.size(), "column")
              + " for the "
              + Counted.of(labels.size(), "label")
              + " "
              + FewNames.of(labels)
              + ". Name one for each, in their order, or an array column.");
    }
    if (!new HashSet<>(starNames).equals(new HashSet<>(labels))) {
      return this;
    }
    List<String> ordered = new ArrayList<>();
    labels.forEach(label -> ordered.add(names.get(starNames.indexOf(label))));
    return new LabelColumns(ordered, labels, arrayOf, task);
  }

  /** A row's label texts, as an array of strings. */
  public Column texts() {
    Column[] columns = ColumnNames.columns(names);
    if (arrayOf.isPresent()) {
      return columns[0].cast(DataTypes.createArrayType(DataTypes.StringType));
    }
    return array(
        Arrays.stream(columns)
            .map(column -> column.cast(DataTypes.StringType))
            .toArray(Column[]::new));
  }
}

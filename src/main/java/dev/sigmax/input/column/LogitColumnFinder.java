package dev.sigmax.input.column;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.error.UsageException;
import dev.sigmax.parquet.footer.Footer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Finds the logit columns in the first file's schema. */
public final class LogitColumnFinder {
  private static final String PREFIX = "logit_";
  private static final int MOST_PROPOSED = 3;

  private final Footer first;

  /** Finds them in the columns of {@code first}. */
  public LogitColumnFinder(Footer first) {
    this.first = first;
  }

  /**
   * The columns that the choice names, in the order of their classes.
   *
   * @throws UsageException where the choice itself cannot be meant: no column, or one twice
   * @throws InputException where the file has none of them, or they are no numbers
   */
  public LogitColumns find(ColumnChoice choice) {
    if (choice instanceof ColumnChoice.Text given && given.isGlob()) {
      return matching(given.text());
    }
    List<String> names = named(choice);
    if (names.size() == 1 && typeOf(names.get(0)) instanceof StructType struct) {
      return fields(names.get(0), struct);
    }
    return listed(names);
  }

  /** A struct of numbers: each field is a class. */
  private LogitColumns fields(String column, StructType struct) {
    List<String> classes = List.of(struct.fieldNames());
    List<String> names = classes.stream().map(field -> column + "." + field).toList();
    names.forEach(name -> requireNumbers(name, false));
    return new LogitColumns(names, false, classes);
  }

  private LogitColumns listed(List<String> names) {
    if (names.isEmpty()) {
      throw new UsageException(
          ErrorName.COLUMN_LIST,
          "the logits name no column: give a glob, a list, or an array column.");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new UsageException(
          ErrorName.COLUMN_LIST, "the logits name a column twice: " + names + ".");
    }
    for (String name : names) {
      requireNumbers(name, names.size() == 1);
    }
    boolean array = typeOf(names.get(0)) instanceof ArrayType;
    boolean prefixed =
        !array
            && names.stream().allMatch(n -> n.startsWith(PREFIX) && n.length() > PREFIX.length());
    List<String> classes = names;
    if (prefixed) {
      classes = names.stream().map(n -> n.substring(PREFIX.length())).toList();
    } else if (names.size() == 1) {
      classes = List.of();
    }
    return new LogitColumns(List.copyOf(names), array, List.copyOf(classes));
  }

  private LogitColumns matching(String glob) {
    LogitGlob pattern = LogitGlob.of(glob);
    List<String> columns = namesInOrder(first).stream().filter(pattern::matches).toList();
    columns.forEach(name -> requireNumbers(name, false));
    if (columns.isEmpty()) {
      OwnOutput.refuse(first);
      throw new InputException(
          ErrorName.COLUMN_NOT_FOUND,
          "no column of "
              + first.path()
              + " matches the logits' glob "
              + glob
              + ". "
              + columnsAndHint(nearestGlob(glob)));
    }
    return new LogitColumns(columns, false, columns.stream().map(pattern::className).toList());
  }

  /** Refuses a file in which the same choice would find logits that the first file has not. */
  public void requireNoOthers(ColumnChoice choice, Footer other) {
    for (String name : meantIn(other, choice)) {
      if (!exists(name)) {
        throw new InputException(
            ErrorName.FILES_DISAGREE,
            "the logit column "
                + name
                + " of "
                + other.path()
                + " is missing in "
                + first.path()
                + ". Softmax over the wrong classes would still sum to 1: write the files alike.");
      }
    }
  }

  /** What a choice leaves to the file: the columns and fields of a glob, the fields of a struct. */
  private List<String> meantIn(Footer other, ColumnChoice choice) {
    LogitGlob pattern = globIn(choice);
    if (pattern != null) {
      List<String> names = new ArrayList<>(NestedColumns.names(other.schema(), choice));
      namesInOrder(other).stream().filter(pattern::matches).forEach(names::add);
      return names;
    }
    List<String> names = named(choice);
    return names.size() == 1
            && typeOf(names.get(0)) instanceof StructType
            && LogitTypes.typeOf(other.schema(), names.get(0)) instanceof StructType struct
        ? Arrays.stream(struct.fieldNames()).map(field -> names.get(0) + "." + field).toList()
        : List.of();
  }

  private List<String> named(ColumnChoice choice) {
    if (choice instanceof ColumnChoice.Names exact) {
      return exact.names();
    }
    ColumnChoice.Text given = (ColumnChoice.Text) choice;
    return exists(given.text()) ? List.of(given.text()) : given.items();
  }

  /** Refuses a partition column that the choice means too: its values are strings. */
  public void requireNoPartitions(
      ColumnChoice choice, LogitColumns logits, List<String> partitions) {
    LogitGlob pattern = globIn(choice);
    if (pattern == null) {
      return;
    }
    for (String partition : partitions) {
      if (pattern.matches(partition)) {
        throw new InputException(
            ErrorName.PARTITION_IS_NO_LOGIT,
            "the partition column "
                + partition
                + " matches the logits' glob "
                + pattern.before()
                + "*"
                + pattern.after()
                + ", and is a string; the columns "
                + logits.columns()
                + " would be softmaxed without it. Name the logits one by one.");
      }
    }
  }

  private static LogitGlob globIn(ColumnChoice choice) {
    return choice instanceof ColumnChoice.Text text && text.isGlob()
        ? LogitGlob.of(text.text())
        : null;
  }

  private void requireNumbers(String name, boolean alone) {
    if (first.unsupported().containsKey(name)) {
      throw new InputException(
          ErrorName.COLUMN_TYPE_UNSUPPORTED,
          "the logit column "
              + name
              + " has a type "
              + first.format().unread()
              + ": "
              + first.unsupported().get(name)
              + " (in "
              + first.path()
              + "). Write it as float or double.");
    }
    DataType type = typeOf(name);
    if (type == null) {
      throw new InputException(
          ErrorName.COLUMN_NOT_FOUND,
          "there is no column "
              + name
              + " in "
              + first.path()
              + ". "
              + columnsAndHint(NearestName.question(name, namesInOrder(first))));
    }
    if (type instanceof ArrayType array) {
      if (!alone) {
        throw new InputException(
            ErrorName.LOGIT_TYPE,
            "the logit column "
                + name
                + " is an array beside other logit columns (in "
                + first.path()
                + "). Name either scalar columns or one array column.");
      }
      type = array.elementType();
    }
    if (!LogitTypes.isNumber(type)) {
      boolean vector = typeOf(name) instanceof UserDefinedType<?>;
      throw new InputException(
          ErrorName.LOGIT_TYPE,
          "the logit column "
              + name
              + " is "
              + (vector ? typeOf(name).typeName() : typeOf(name).catalogString())
              + " (in "
              + first.path()
              + "); logits are float, double, whole or decimal numbers, or one array of them. Write it"
              + (vector
                  ? " as an array, with Spark's vector_to_array(" + name + ")"
                  : " as numbers")
              + ", or name other columns with --logits.");
    }
  }

  /** Proposals that are patterns themselves, such as {@code score_*}. */
  private String nearestGlob(String glob) {
    return NearestName.of(glob, LogitProposals.of(first.schema()))
        .map(near -> " Is " + near + " meant (--logits '" + near + "')?")
        .orElse("");
  }

  /** The columns, and what was probably meant or, where nothing is near, what may be logits. */
  private String columnsAndHint(String question) {
    List<String> proposals = LogitProposals.of(first.schema());
    return "Its columns: "
        + FewNames.of(namesInOrder(first))
        + "."
        + (!question.isEmpty()
            ? question
            : proposals.isEmpty()
                ? " Name the logits with --logits."
                : proposals.stream()
                    .limit(MOST_PROPOSED)
                    .map(proposal -> "--logits '" + proposal + "'")
                    .collect(Collectors.joining(" or ", " The logits may be: ", ".")));
  }

  private static List<String> namesInOrder(Footer footer) {
    List<String> names = new ArrayList<>(Arrays.asList(footer.schema().fieldNames()));
    names.addAll(footer.unsupported().keySet());
    return names;
  }

  private boolean exists(String name) {
    return typeOf(name) != null || first.unsupported().containsKey(name);
  }

  private DataType typeOf(String name) {
    return LogitTypes.typeOf(first.schema(), name);
  }
}

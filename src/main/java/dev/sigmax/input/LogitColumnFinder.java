package dev.sigmax.input;

import dev.sigmax.parquet.Footer;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.UsageRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Finds the logit columns in the first file's schema. */
final class LogitColumnFinder {
  private static final String PREFIX = "logit_";

  private final Footer first;

  LogitColumnFinder(Footer first) {
    this.first = first;
  }

  LogitColumns find(ColumnChoice choice) {
    List<String> names = new ArrayList<>();
    if (choice instanceof ColumnChoice.Names exact) {
      names.addAll(exact.names());
    } else if (choice instanceof ColumnChoice.Text given) {
      String text = given.text();
      if (!exists(text) && text.indexOf('*') >= 0) {
        return matching(text);
      }
      names.addAll(exists(text) ? List.of(text) : given.items());
    }
    return listed(names);
  }

  private LogitColumns listed(List<String> names) {
    if (names.isEmpty()) {
      throw new UsageRefusal("the logits name no column: give a glob, a list, or an array column.");
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new UsageRefusal("the logits name a column twice: " + names + ".");
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
    int star = glob.indexOf('*');
    if (glob.indexOf('*', star + 1) >= 0) {
      throw new UsageRefusal(
          "the logits' glob " + glob + " has more than one *: the * stands for the class name.");
    }
    String before = glob.substring(0, star);
    String after = glob.substring(star + 1);
    List<String> columns = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (String name : namesInOrder()) {
      if (name.length() >= before.length() + after.length()
          && name.startsWith(before)
          && name.endsWith(after)) {
        requireNumbers(name, false);
        columns.add(name);
        classes.add(name.substring(before.length(), name.length() - after.length()));
      }
    }
    if (columns.isEmpty()) {
      throw new InputRefusal(
          "no column of "
              + first.path()
              + " matches the logits' glob "
              + glob
              + ". "
              + candidates());
    }
    return new LogitColumns(List.copyOf(columns), false, List.copyOf(classes));
  }

  private void requireNumbers(String name, boolean alone) {
    if (first.unsupported().containsKey(name)) {
      throw new InputRefusal(
          "the logit column "
              + name
              + " has a type that Spark cannot read: "
              + first.unsupported().get(name)
              + " (in "
              + first.path()
              + "). Write it as float or double.");
    }
    DataType type = typeOf(name);
    if (type == null) {
      throw new InputRefusal(
          "there is no column " + name + " in " + first.path() + ". " + candidates());
    }
    if (type instanceof ArrayType array) {
      if (!alone) {
        throw new InputRefusal(
            "the logit column "
                + name
                + " is an array beside other logit columns (in "
                + first.path()
                + "). Name either scalar columns or one array column.");
      }
      type = array.elementType();
    }
    if (!LogitTypes.isNumber(type)) {
      throw new InputRefusal(
          "the logit column "
              + name
              + " is "
              + typeOf(name).catalogString()
              + " (in "
              + first.path()
              + "); logits are float, double, whole or decimal numbers, or one array of them.");
    }
  }

  private String candidates() {
    List<String> arrays = new ArrayList<>();
    for (StructField field : first.schema().fields()) {
      if (field.dataType() instanceof ArrayType array && LogitTypes.isNumber(array.elementType())) {
        arrays.add(field.name());
      }
    }
    String hint =
        arrays.isEmpty() ? "" : " An array of logits may be meant: --logits " + arrays.get(0) + ".";
    return "Its columns: " + String.join(", ", namesInOrder()) + "." + hint;
  }

  private List<String> namesInOrder() {
    List<String> names = new ArrayList<>(Arrays.asList(first.schema().fieldNames()));
    names.addAll(first.unsupported().keySet());
    return names;
  }

  private boolean exists(String name) {
    return typeOf(name) != null || first.unsupported().containsKey(name);
  }

  private DataType typeOf(String name) {
    return LogitTypes.typeOf(first.schema(), name);
  }
}

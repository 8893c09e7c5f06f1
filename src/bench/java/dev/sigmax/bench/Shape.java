package dev.sigmax.bench;

import java.nio.file.Path;

/**
 * One kind of table and what is made of it.
 *
 * @param table the name of its data
 * @param classes logits in a row
 * @param array whether they stand in one array column, {@code logits}; else in {@code logit_0} …
 * @param softmax row-wise softmax; else sigmoid of each
 * @param type {@code FLOAT} or {@code DOUBLE}
 * @param share rows are that part of what a run was asked for
 */
record Shape(
    String name,
    String table,
    int classes,
    boolean array,
    boolean softmax,
    String type,
    double share) {
  /** The shape of this name, of floats or doubles. */
  static Shape of(String name, String type) {
    String suffix = "-" + type.toLowerCase(java.util.Locale.ROOT);
    return switch (name) {
      case "columns-softmax" ->
          new Shape(name + suffix, "columns10" + suffix, 10, false, true, type, 1);
      case "columns-sigmoid" ->
          new Shape(name + suffix, "columns10" + suffix, 10, false, false, type, 1);
      case "array-10" -> new Shape(name + suffix, "array10" + suffix, 10, true, true, type, 1);
      case "array-1000" ->
          new Shape(name + suffix, "array1000" + suffix, 1000, true, true, type, 0.01);
      default -> throw new IllegalArgumentException("no shape " + name);
    };
  }

  /** Whether there is room for its table and two results, each about as large. */
  boolean fits(long asked, Path folder) {
    long width = type.equals("DOUBLE") ? Double.BYTES : Float.BYTES;
    long table = rows(asked) * (Long.BYTES + classes * width) * 5 / 4;
    return folder.toFile().getUsableSpace() > 3 * table;
  }

  /** How many rows its table has in a run of so many. */
  long rows(long asked) {
    return Math.max(1, Math.round(asked * share));
  }
}

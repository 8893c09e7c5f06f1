package dev.sigmax.bench;

import java.nio.file.Path;
import java.util.Locale;

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
  /** From so many columns on the SQL of the peers is longer than they take. */
  private static final int MOST_COLUMNS_OF_PEERS = 1000;

  /** The shape that a word names, such as {@code array-10} or {@code array-10:double}. */
  static Shape of(String word) {
    String[] parts = word.split(":", -1);
    return of(parts[0], parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "FLOAT");
  }

  private static Shape of(String name, String type) {
    String suffix = "-" + type.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "columns-softmax" ->
          new Shape(name + suffix, "columns10" + suffix, 10, false, true, type, 1);
      case "columns-sigmoid" ->
          new Shape(name + suffix, "columns10" + suffix, 10, false, false, type, 1);
      case "columns-10000" ->
          new Shape(name + suffix, "columns10000" + suffix, 10_000, false, true, type, 1);
      case "array-10" -> new Shape(name + suffix, "array10" + suffix, 10, true, true, type, 1);
      case "array-1000" ->
          new Shape(name + suffix, "array1000" + suffix, 1000, true, true, type, 0.01);
      default -> throw new IllegalArgumentException("no shape " + name);
    };
  }

  /** The word that names it. */
  String word() {
    return name.substring(0, name.lastIndexOf('-')) + ":" + type.toLowerCase(Locale.ROOT);
  }

  /** Whether the peers are measured too. */
  boolean hasPeers() {
    return array || classes <= MOST_COLUMNS_OF_PEERS;
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

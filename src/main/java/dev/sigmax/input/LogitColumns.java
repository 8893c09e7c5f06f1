package dev.sigmax.input;

import java.util.List;

/**
 * Which columns are logits.
 *
 * @param columns scalar columns in the schema's order or as listed, or the one array column
 * @param array whether it is an array column
 * @param classes the class names that the column names give, in the order of {@code columns}; empty
 *     where they give none
 */
public record LogitColumns(List<String> columns, boolean array, List<String> classes) {}

package dev.sigmax.job.evaluate;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows with what really held beside their logits, or their probabilities.
 *
 * @param source what they are, in words
 * @param renaming what to do where the labels call the classes otherwise
 * @param rows values as an array of double, label texts as an array of string, weight, file, row
 */
public record LabelledRows(
    String source, String renaming, EvaluationRule rule, Dataset<Row> rows) {}

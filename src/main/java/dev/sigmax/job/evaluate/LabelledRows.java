package dev.sigmax.job.evaluate;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows with what really held beside their logits, or their probabilities.
 *
 * @param source what they are, in words
 * @param rows values as an array of double, label texts as an array of string, weight, file, row
 */
public record LabelledRows(String source, EvaluationRule rule, Dataset<Row> rows) {}

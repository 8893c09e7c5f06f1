package dev.sigmax.kernel.rule;

import java.io.Serializable;
import java.util.List;

/**
 * The columns that a job adds to the probabilities, and what they need to know.
 *
 * @param columns in the order of {@link Addition}, each once
 * @param topK how many classes {@code top_k} holds; 0 without it
 * @param labels one for each probability; empty where no column names a class
 * @param thresholds the least probability at which a label holds: one for each label of a
 *     multilabel task, one for the yes of a binary one; empty for a multiclass task
 */
public record Additions(
    List<Addition> columns, int topK, List<String> labels, List<Double> thresholds)
    implements Serializable {
  /** No column. */
  public static final Additions NONE = new Additions(List.of(), 0, List.of(), List.of());

  /** Copies the lists. */
  public Additions {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
    thresholds = List.copyOf(thresholds);
  }

  /** Whether nothing is added. */
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Whether that column is added. */
  public boolean has(Addition column) {
    return columns.contains(column);
  }

  /** Whether a column is made of probabilities. */
  public boolean ofProbabilities() {
    return has(Addition.PREDICTION) || has(Addition.CONFIDENCE) || has(Addition.TOP_K);
  }

  /** Whether a column is made of logits. */
  public boolean ofLogits() {
    return has(Addition.MARGIN) || has(Addition.ENTROPY);
  }
}

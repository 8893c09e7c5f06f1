package dev.sigmax.kernel.rule;

/** What the logits of a row mean, and so which function they take. */
public enum Task {
  /** One of many: the classes exclude each other. Row-wise softmax. */
  MULTICLASS,
  /** Each on its own: any number of labels may hold. Sigmoid per logit. */
  MULTILABEL,
  /** One yes or no: a single logit, both tails of its sigmoid. */
  BINARY;

  /** How many probabilities come of a row of {@code logits} logits. */
  public int probabilities(int logits) {
    return this == BINARY ? 2 : logits;
  }

  /** Whether the probabilities of a row have to sum to 1. */
  public boolean sumsToOne() {
    return this != MULTILABEL;
  }
}

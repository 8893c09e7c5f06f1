package dev.sigmax.kernel.rule;

/** What becomes of a row with NaN or an infinite logit that softmax has no value for. */
public enum NonFinite {
  /** The row has an issue. */
  REJECT,
  /** A single +∞ is certain: 1 for it, 0 for the rest. All else is an issue. */
  LIMIT,
  /** NaN in, NaN out, as SciPy and PyTorch: the row is not judged. */
  PROPAGATE
}

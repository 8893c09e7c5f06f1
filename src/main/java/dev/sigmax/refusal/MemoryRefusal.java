package dev.sigmax.refusal;

/** A task had less memory than its part of the input takes. */
public final class MemoryRefusal extends Refusal {
  private static final long serialVersionUID = 1L;

  /** Tells what was short, and who can give more. */
  public MemoryRefusal(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.sigmax.columnar.plan;

/** Why a plan is left to the row path; told to whoever asks, never to the user as an error. */
final class UnsupportedPlan extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedPlan(String why) {
    super(why, null, false, false);
  }
}

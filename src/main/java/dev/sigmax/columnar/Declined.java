package dev.sigmax.columnar;

/** Why a plan is left to the row path; told to whoever asks, never to the user as an error. */
final class Declined extends Exception {
  private static final long serialVersionUID = 1L;

  Declined(String why) {
    super(why, null, false, false);
  }
}

package dev.sigmax.cli;

import dev.sigmax.refusal.DifferenceRefusal;
import dev.sigmax.refusal.InputRefusal;
import dev.sigmax.refusal.OutputRefusal;
import dev.sigmax.refusal.PlatformRefusal;
import dev.sigmax.refusal.QualityRefusal;
import dev.sigmax.refusal.Refusal;
import dev.sigmax.refusal.UnconfirmedPublication;
import dev.sigmax.refusal.UsageRefusal;

/** How the process ends. */
enum ExitCode {
  PUBLISHED(0),
  FAILED(1),
  USAGE(2),
  INPUT(3),
  QUALITY(4),
  OUTPUT(5),
  DIFFERENCE(6),
  PLATFORM(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The code for anything that was thrown. */
  static ExitCode of(Throwable thrown) {
    if (!(thrown instanceof Refusal refusal)) {
      return FAILED;
    }
    if (refusal instanceof UsageRefusal) {
      return USAGE;
    }
    if (refusal instanceof InputRefusal) {
      return INPUT;
    }
    if (refusal instanceof QualityRefusal) {
      return QUALITY;
    }
    if (refusal instanceof OutputRefusal) {
      return OUTPUT;
    }
    if (refusal instanceof DifferenceRefusal) {
      return DIFFERENCE;
    }
    if (refusal instanceof PlatformRefusal) {
      return PLATFORM;
    }
    if (refusal instanceof UnconfirmedPublication) {
      return FAILED;
    }
    throw new IllegalStateException("no exit code for " + refusal.getClass());
  }
}

package dev.sigmax.cli;

import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.InputException;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.QualityException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UnconfirmedPublicationException;
import dev.sigmax.error.UsageException;
import java.util.List;

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

  /**
   * The code of several ends together: the smallest that is not 0, so that a fault of ours comes
   * before all others, and what may be tried again behind them.
   */
  static int worst(List<Integer> codes) {
    return codes.stream().filter(code -> code != PUBLISHED.code()).min(Integer::compare).orElse(0);
  }

  /** The code for anything that was thrown. */
  static ExitCode of(Throwable thrown) {
    if (!(thrown instanceof SigmaxException explained)
        || explained instanceof UnconfirmedPublicationException) {
      return FAILED;
    }
    if (explained instanceof UsageException) {
      return USAGE;
    }
    if (explained instanceof InputException) {
      return INPUT;
    }
    if (explained instanceof QualityException) {
      return QUALITY;
    }
    if (explained instanceof OutputException) {
      return OUTPUT;
    }
    if (explained instanceof DifferenceException) {
      return DIFFERENCE;
    }
    if (explained instanceof ExternalException) {
      return PLATFORM;
    }
    throw new IllegalStateException("no exit code for " + explained.getClass());
  }
}

package dev.sigmax.input.snapshot;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.ExternalException;
import dev.sigmax.error.InputException;
import dev.sigmax.error.Outage;
import dev.sigmax.error.SigmaxException;

/** Why files that are to be read could not be listed, for a person. */
public final class ListingFailure {
  private ListingFailure() {}

  /**
   * What a failure of a file system comes to: an {@link InputException} where this user is not let
   * in, an {@link ExternalException} for an outage, and an {@link InputException} for all others.
   *
   * @param what was to be listed, such as "the input s3a://bucket/logits"
   */
  public static SigmaxException of(String what, Exception failure) {
    String failed = "cannot list " + what;
    return Denial.explainReading(failed, failure)
        .<SigmaxException>map(closed -> closed)
        .or(() -> Outage.explain(failed, failure))
        .orElseGet(
            () ->
                new InputException(
                    ErrorName.INPUT_NOT_LISTED,
                    failed
                        + ": "
                        + failure.getMessage()
                        + ". Check the path, and that Spark has the file system it names.",
                    failure));
  }
}

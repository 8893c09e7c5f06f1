package dev.sigmax.job.failure;

import dev.sigmax.error.ExternalException;
import dev.sigmax.error.OutputException;
import dev.sigmax.error.QualityException;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UnconfirmedPublicationException;
import java.io.IOException;

/**
 * Tells where somebody else is the cause of a failure: an input that was replaced under the run, an
 * attempt that was removed. Such a failure has many shapes, and what they say misleads.
 */
public final class OutsideCause {
  /** A look at the world, which throws where it is not as it was. */
  public interface Look {
    void take() throws IOException;
  }

  private OutsideCause() {}

  /**
   * Does the work. Where it fails for a reason that it does not know for sure, takes the look, and
   * throws what that finds before the failure. What keeps it from looking does not hide the
   * failure.
   */
  public static <T> T first(Look look, FailureExplainer.Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (OutputException
        | QualityException
        | ExternalException
        | UnconfirmedPublicationException sure) {
      throw sure;
    } catch (Exception failure) {
      // Spark throws checked exceptions that its methods do not declare.
      try {
        look.take();
      } catch (ExternalException unknown) {
        failure.addSuppressed(unknown);
      } catch (SigmaxException cause) {
        cause.addSuppressed(failure);
        throw cause;
      } catch (IOException | RuntimeException unknown) {
        failure.addSuppressed(unknown);
      }
      throw failure;
    }
  }
}

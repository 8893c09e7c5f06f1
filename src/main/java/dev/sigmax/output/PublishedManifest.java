package dev.sigmax.output;

import dev.sigmax.error.Denial;
import dev.sigmax.error.DifferenceException;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The manifest of a run that is read as an input. That it is damaged is a fault of the input here;
 * only a verification tells it as a difference.
 */
public final class PublishedManifest {
  private PublishedManifest() {}

  /**
   * The manifest; empty where no run is published at {@code output}.
   *
   * @throws InputException if it is damaged, or may not be read
   */
  public static Optional<Manifest> find(Path output, Configuration configuration)
      throws IOException {
    try {
      return ManifestFile.read(output, configuration);
    } catch (DifferenceException damaged) {
      throw new InputException(ErrorName.MANIFEST_DAMAGED, damaged.getMessage(), damaged);
    } catch (IOException e) {
      Denial.tellReading("cannot read the manifest of " + output, e);
      throw e;
    }
  }

  /**
   * The manifest.
   *
   * @param advice what to do where none is there
   * @throws InputException if no run is published at {@code output}, or its manifest is damaged or
   *     may not be read
   */
  public static Manifest require(Path output, Configuration configuration, String advice)
      throws IOException {
    return find(output, configuration)
        .orElseThrow(
            () ->
                new InputException(
                    ErrorName.RUN_NOT_PUBLISHED,
                    "no run is published at " + output + "." + advice));
  }
}

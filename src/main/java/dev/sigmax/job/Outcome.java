package dev.sigmax.job;

import dev.sigmax.output.Manifest;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** How a run ended well. */
public sealed interface Outcome {
  /** The run is in place. */
  record Published(Path output, Manifest manifest) implements Outcome {}

  /** The same run was in place already. */
  record AlreadyPublished(Path output, Manifest manifest) implements Outcome {}

  /**
   * The runs under an incremental output have seen every file.
   *
   * @param runs how many there are
   * @param files how many files the inputs have now
   * @param lost those of them that have lost files since, a sentence each, with what to do
   */
  record NothingNew(Path output, int runs, int files, List<String> lost) implements Outcome {}

  /** A dry run: what would be done, for a person. */
  record Planned(String plan) implements Outcome {}
}

package dev.sigmax.output.publish;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.OutputException;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The step by which a prepared run comes to count: all of it, or nothing. */
public sealed interface Publication permits FolderPublication, ManifestPublication {
  /**
   * Publication at {@code output}: by one rename where the file system has it, by the manifest
   * where it has not.
   */
  static Publication at(Path output, Configuration configuration) throws IOException {
    return ObjectStore.holds(output)
        ? new ManifestPublication(output, configuration)
        : new FolderPublication(output, configuration);
  }

  /** Undoes a replacement that was cut off: the old output comes back. */
  void recover() throws IOException;

  /** Old outputs that replacements, under way or cut off, have put aside. */
  List<Path> setAside() throws IOException;

  /** Whether there is anything in the output's place. */
  boolean occupied() throws IOException;

  /** The manifest of the run in the output's place, or empty where nothing or no run is there. */
  Optional<Manifest> published() throws IOException;

  /**
   * Refuses where {@link #replace} would leave the run that it means in its place.
   *
   * @throws OutputException with what to name instead
   */
  void requireReplaceable() throws IOException;

  /** What to say of an output's place that is occupied by no published run. */
  String unpublished() throws IOException;

  /** The folders of attempts at this output, under way or abandoned. */
  List<Path> attempts() throws IOException;

  /**
   * Removes the folder of an attempt, all at once for whoever looks.
   *
   * @return false where it has gone by itself: its run has published, or has ended
   * @throws OutputException if it cannot be removed, or has published by now where it lies
   */
  boolean remove(Attempts.Attempt attempt) throws IOException;

  /** Refuses an output that could not be put in its place, since the folder for it is missing. */
  void requireParent() throws IOException;

  /** A place to prepare the output in; refused where it could not be written. */
  Staging prepare() throws IOException;

  /**
   * Publishes what was prepared. The output's place must be free; who comes second is refused. When
   * it throws, the message says whether the run is published, or that it cannot be told.
   */
  void publish(Staging staging, Manifest manifest) throws IOException;

  /**
   * Publishes what was prepared in the place of the old output, which goes when the new one is
   * there. What is no run of Sigmax is not replaced.
   */
  void replace(Staging staging, Manifest manifest) throws IOException;

  /**
   * Makes sure that the disk has the run that is in the output's place.
   *
   * @throws dev.sigmax.error.UnconfirmedPublicationException where the disk does not say so
   */
  void confirm(Manifest manifest);

  /**
   * Where an output is that is not in its place.
   *
   * @param aside as {@link #setAside} gives them
   */
  static String whereItIs(Path output, List<Path> aside) {
    return switch (aside.size()) {
      case 0 -> "Check the path.";
      case 1 ->
          "A replacement of it was cut off, or is under way; the old output is at "
              + aside.get(0)
              + ", and the command clean puts it back.";
      default -> "Replacements of it were cut off. " + whichComesBack(output, aside);
    };
  }

  /** What to say of several old outputs in the place of one: the names do not tell their order. */
  static String whichComesBack(Path output, List<Path> aside) {
    return "The old outputs are at "
        + aside
        + ", and which of them was the last cannot be told. When each was published is in its"
        + " _sigmax/manifest.json (published_at). Rename the one that you want to "
        + output.getName()
        + "; clean and the next replacement remove the others.";
  }

  /** Where the file system answers neither yes nor no. */
  static OutputException cannotTell(Path output, Manifest manifest, IOException why) {
    return new OutputException(
        ErrorName.PUBLICATION_UNKNOWN,
        "whether the run "
            + manifest.runId()
            + " is published cannot be told: "
            + why.getMessage()
            + ". Ask verify "
            + output
            + " --run-id "
            + manifest.runId()
            + ".",
        why);
  }
}

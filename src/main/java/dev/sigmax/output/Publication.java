package dev.sigmax.output;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The step by which a prepared run comes to count: all of it, or nothing. */
public sealed interface Publication permits FolderPublication, ManifestPublication {
  /**
   * Publication at {@code output}: by one rename where the file system has it, by the manifest
   * where it has not. A replacement that was cut off is undone first.
   */
  static Publication at(Path output, Configuration configuration) throws IOException {
    return ObjectStore.holds(output)
        ? new ManifestPublication(output, configuration)
        : new FolderPublication(output, configuration);
  }

  /** Whether there is anything in the output's place. */
  boolean occupied() throws IOException;

  /** The manifest of the run in the output's place, or empty where nothing or no run is there. */
  Optional<Manifest> published() throws IOException;

  /** What to say of an output's place that is occupied by no published run. */
  String unpublished() throws IOException;

  /** The folders of attempts at this output, under way or abandoned. */
  List<Path> attempts() throws IOException;

  /** A place to prepare the output in; refused where it could not be written. */
  Staging prepare() throws IOException;

  /** Publishes what was prepared. The output's place must be free; who comes second is refused. */
  void publish(Staging staging, Manifest manifest) throws IOException;

  /**
   * Publishes what was prepared in the place of the old output, which goes when the new one is
   * there.
   */
  void replace(Staging staging, Manifest manifest) throws IOException;
}

package dev.sigmax.spark;

import dev.sigmax.error.FewNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this program fits the Spark that it runs on. On a tested one it does, and nothing is
 * looked at. On any other its class files are held against the libraries once, some tenths of a
 * second, and a part that does not fit is left out: the row path gives the same bits as the
 * columnar one, and the catalog has all functions.
 *
 * @param columnarObstacle why the columnar path cannot serve; empty if it can
 * @param callsObstacle why functions cannot be named without a catalog; empty if they can
 * @param warning what people should know; empty on a Spark whose minor was tested and that fits
 */
public record SparkFit(
    Optional<String> columnarObstacle, Optional<String> callsObstacle, Optional<String> warning) {
  private static final Logger LOG = LoggerFactory.getLogger(SparkFit.class);
  private static final String OURS = "dev/sigmax/";
  private static final String RELOCATED = OURS + "shaded/";
  private static final List<String> COLUMNAR = List.of(OURS + "columnar/", OURS + "parquet/write/");
  private static final List<String> CALLS = List.of(OURS + "spark/calls/");

  /** Not looked at: without Spark ML, which a Spark can do without, nobody can name them. */
  private static final String FOR_ML = OURS + "ml/";

  private static final int MOST_NAMED = 3;

  /** Found out once, and told once. */
  private static final class Here {
    static final SparkFit FIT = of(version());

    static {
      FIT.warning().ifPresent(LOG::warn);
    }
  }

  /** That of this process. */
  public static SparkFit here() {
    return Here.FIT;
  }

  /** The version of Spark. */
  public static String version() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  private static SparkFit of(String version) {
    if (TestedSparks.has(version)) {
      return new SparkFit(Optional.empty(), Optional.empty(), Optional.empty());
    }
    try {
      Path home =
          Path.of(SparkFit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ClassLoader loader = SparkFit.class.getClassLoader();
      if (Files.isDirectory(home)) {
        return of(version, home, loader);
      }
      try (FileSystem jar = FileSystems.newFileSystem(home)) {
        return of(version, jar.getPath("/"), loader);
      }
    } catch (IOException | URISyntaxException | RuntimeException | LinkageError e) {
      Optional<String> why =
          Optional.of("whether Spark " + version + " has all that is needed cannot be told: " + e);
      return of(version, why, why, Optional.empty());
    }
  }

  /** Holds the classes below a folder against the libraries of a loader. */
  static SparkFit of(String version, Path home, ClassLoader loader) throws IOException {
    Linkage linkage = new Linkage(loader);
    Set<String> columnar = new TreeSet<>();
    Set<String> calls = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    for (Path file : classFiles(home)) {
      String name = home.relativize(file).toString();
      Set<String> missing = isIn(COLUMNAR, name) ? columnar : isIn(CALLS, name) ? calls : others;
      try (InputStream in = Files.newInputStream(file)) {
        missing.addAll(linkage.missing(ClassReferences.of(in)));
      }
      missing.addAll(linkage.unimplemented(name.replaceFirst("[.]class$", "").replace('/', '.')));
    }
    return of(version, lacks(version, columnar), lacks(version, calls), lacks(version, others));
  }

  private static SparkFit of(
      String version, Optional<String> columnar, Optional<String> calls, Optional<String> others) {
    boolean fits = columnar.isEmpty() && calls.isEmpty() && others.isEmpty();
    if (fits && TestedSparks.hasMinorOf(version)) {
      return new SparkFit(columnar, calls, Optional.empty());
    }
    String warning =
        "Sigmax was tested with Spark "
            + TestedSparks.text()
            + ", and this is Spark "
            + version
            + "."
            + (fits ? " All that Sigmax uses of it is there." : "")
            + columnar
                .map(why -> " Scores are written by rows, with the same bits: " + why + ".")
                .orElse("")
            + calls
                .map(why -> " Functions are in the catalog SigmaxCatalog alone: " + why + ".")
                .orElse("")
            + others.map(why -> " Commands may fail: " + why + ".").orElse("");
    return new SparkFit(columnar, calls, Optional.of(warning));
  }

  private static Optional<String> lacks(String version, Collection<String> missing) {
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "Spark " + version + " lacks " + FewNames.of(List.copyOf(missing), MOST_NAMED));
  }

  private static List<Path> classFiles(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve(OURS))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !isIn(List.of(RELOCATED, FOR_ML), home.relativize(file).toString()))
          .filter(file -> !file.endsWith("package-info.class"))
          .sorted()
          .toList();
    }
  }

  private static boolean isIn(List<String> folders, String name) {
    return folders.stream().anyMatch(name::startsWith);
  }
}

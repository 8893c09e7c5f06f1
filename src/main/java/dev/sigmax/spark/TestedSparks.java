package dev.sigmax.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Sparks that the build's profiles run the tests on, as the build wrote them down. Names no
 * class of Spark.
 */
public final class TestedSparks {
  private static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final int OLDEST = 4;
  private static final List<String> VERSIONS = read();

  private TestedSparks() {}

  /** Why a version is too old to try; empty for what is no version. */
  public static Optional<String> tooOld(String version) {
    String major = version.replaceFirst("[.].*", "");
    return major.matches("\\d{1,4}") && Integer.parseInt(major) < OLDEST
        ? Optional.of(
            "this is Spark "
                + version
                + ", and Sigmax needs Spark 4 or newer with Scala 2.13; it was tested with "
                + text()
                + ".")
        : Optional.empty();
  }

  /**
   * Whether a release is a tested one, or lies between two of one minor. Builds of vendors do not
   * count: {@code 4.1.0-vendor-1}.
   */
  public static boolean has(String version) {
    if (!RELEASE.matcher(version).matches()) {
      return false;
    }
    Version asked = Version.parse(version);
    List<Version> patches =
        VERSIONS.stream()
            .filter(tested -> minor(tested).equals(minor(version)))
            .map(Version::parse)
            .sorted()
            .toList();
    return !patches.isEmpty()
        && patches.get(0).compareTo(asked) <= 0
        && patches.get(patches.size() - 1).compareTo(asked) >= 0;
  }

  /** Whether some patch of a version's minor was tested. */
  public static boolean hasMinorOf(String version) {
    return minors().contains(minor(version));
  }

  /** The tested minors, for people: {@code 4.0, 4.1 and 4.2}. */
  public static String text() {
    List<String> minors = List.copyOf(minors());
    int last = minors.size() - 1;
    return last == 0
        ? minors.get(0)
        : String.join(", ", minors.subList(0, last)) + " and " + minors.get(last);
  }

  private static Set<String> minors() {
    Set<String> minors = new LinkedHashSet<>();
    VERSIONS.forEach(version -> minors.add(minor(version)));
    return minors;
  }

  private static String minor(String version) {
    String[] parts = version.split("[.-]", -1);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  private static List<String> read() {
    Properties properties = new Properties();
    try (InputStream in = TestedSparks.class.getResourceAsStream("/sigmax.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.asList(properties.getProperty("spark.tested").split(" ", -1));
  }
}

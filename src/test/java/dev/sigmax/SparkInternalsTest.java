package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of what Spark does not promise and Sigmax uses is whole. */
class SparkInternalsTest {
  private static final Path LIST = Path.of("src/main/java/dev/sigmax/spark/package-info.java");
  private static final Pattern INTERNAL =
      Pattern.compile(
          "org\\.apache\\.spark\\."
              + "(?:sql\\.(?=(?:catalyst|execution|internal|classic)\\.)|(?=metrics\\.))(.+)");
  private static final Pattern LISTED =
      Pattern.compile("\\* {3}((catalyst|execution|internal|classic|metrics)\\.[\\w.]+)");

  private static Set<String> used() {
    Set<String> used = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sigmax")) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        INTERNAL
            .matcher(dependency.getTargetClass().getBaseComponentType().getName())
            .results()
            .forEach(found -> used.add(found.group(1).replaceFirst("[$].*", "")));
      }
    }
    return used;
  }

  @Test
  void thePackagesPageListsEachOnce() throws IOException {
    StringBuilder listed = new StringBuilder();
    LISTED
        .matcher(Files.readString(LIST))
        .results()
        .forEach(found -> listed.append(found.group(1)).append('\n'));
    assertEquals(String.join("\n", used()) + "\n", listed.toString());
  }
}

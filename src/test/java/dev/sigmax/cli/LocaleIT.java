package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run has the same names, numbers and messages where people write other digits. */
class LocaleIT {
  private static final List<String> LOCALES =
      List.of(
          "-Duser.language=ar -Duser.country=EG",
          "-Duser.language=hi -Duser.country=IN -Duser.extensions=u-nu-deva");

  private static final Pattern OTHER_DIGITS = Pattern.compile("[\\p{Nd}&&[^0-9]]");

  @TempDir private Path folder;

  private static void assertOwnDigits(String text) {
    assertFalse(OTHER_DIGITS.matcher(text).find(), text);
  }

  @Test
  void digitsAreTheSameEverywhere() throws IOException {
    Path input = folder.resolve("in.parquet");
    DuckDb.write(
        "SELECT i AS id, sin(i)::FLOAT AS logit_a, cos(i)::FLOAT AS logit_b FROM range(2000) t(i)",
        input);
    for (String locale : LOCALES) {
      Path output = folder.resolve("out" + LOCALES.indexOf(locale));
      Shell.Result run =
          Shell.run(
              "scripts/sigmax",
              "score",
              "--input",
              input.toString(),
              "--output",
              output.toString(),
              "--task",
              "multiclass",
              "--driver-java-options",
              locale);
      assertEquals(0, run.code(), run.err());
      assertOwnDigits(run.out() + run.err());
      assertOwnDigits(Files.readString(output.resolve("_sigmax/manifest.json")));
      assertOwnDigits(Files.readString(output.resolve("_sigmax/report.html")));
      try (Stream<Path> files = Files.list(output)) {
        List<String> names = files.map(file -> file.getFileName().toString()).toList();
        assertOwnDigits(names.toString());
        assertTrue(
            names.stream().anyMatch(name -> name.startsWith("part-00000-")), names::toString);
      }
    }
  }
}

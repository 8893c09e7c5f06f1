package dev.sigmax.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of errors. */
class ErrorNameTest {
  @Test
  void theDocumentsListTheCatalogue() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("docs/errors.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    List<String> catalogue =
        Arrays.stream(ErrorName.values())
            .map(name -> "| `" + name + "` | " + name.meaning() + " |")
            .toList();
    assertEquals(catalogue, documented);
  }

  @Test
  void scriptsNameErrorsOfTheCatalogue() throws IOException {
    Pattern named = Pattern.compile("\\bfail \"[^\"]*\" ([A-Z_]+)");
    int errors = 0;
    for (String script : List.of("sigmax", "java-command")) {
      Matcher matcher = named.matcher(Files.readString(Path.of("scripts", script)));
      for (; matcher.find(); errors++) {
        ErrorName.valueOf(matcher.group(1));
      }
    }
    assertEquals(6, errors);
  }

  @Test
  void everyNameIsThrownSomewhere() throws IOException {
    String sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
      sources = all.toString();
    }
    for (ErrorName name : ErrorName.values()) {
      assertTrue(
          Pattern.compile("ErrorName[.]" + name + "\\b").matcher(sources).find(),
          name + " is thrown nowhere");
    }
  }
}

package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.spec.JobFile;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.testing.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents name is there. */
class DocumentsTest {
  private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+([A-Z][A-Za-z]*)+");
  private static final Pattern FILE = Pattern.compile("(scripts|conf|jobs|src)/[A-Za-z0-9_./-]+");

  @Test
  void everyClassNamedInADocumentExists() throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String document : List.of("README.md", "ARCHITECTURE.md")) {
      for (String span : Documents.spans(document)) {
        if (CLASS.matcher(span).matches()) {
          named++;
          if (!classes.contains(span)) {
            missing.add(document + ": " + span);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(named > 20, "the documents name their classes");
  }

  @Test
  void everyFileNamedInADocumentExists() {
    List<String> missing = new ArrayList<>();
    for (String document : List.of("README.md", "ARCHITECTURE.md")) {
      for (String span : Documents.spans(document)) {
        if (FILE.matcher(span).matches()
            && !span.startsWith("jobs/output/")
            && !Files.exists(Path.of(span))) {
          missing.add(document + ": " + span);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void theReadmesJobFileIsAJob(@TempDir Path folder) throws IOException {
    List<String> jobs = Documents.blocks("README.md", "yaml");
    assertEquals(1, jobs.size());
    Path file = Files.writeString(folder.resolve("job.yaml"), jobs.get(0));
    JobSpec spec = JobSpec.of(JobFile.read(file));
    assertEquals(List.of("/data/logits/dt=*"), spec.inputs());
    assertEquals("0.1%", spec.maxBadRows().toString());
  }
}

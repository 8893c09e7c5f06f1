package dev.sigmax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.spec.JobFile;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Variables;
import dev.sigmax.kernel.rule.RowIssue;
import dev.sigmax.testing.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents name is there. */
class DocumentsTest {
  private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+([A-Z][A-Za-z]*)+");
  private static final Pattern QUALIFIED =
      Pattern.compile("\\bdev\\.sigmax(\\.[a-z]\\w*)*(\\.[A-Z]\\w*)?");
  private static final Pattern FILE = Pattern.compile("(scripts|conf|jobs|src|docs)/[\\w./-]+");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
  private static final Pattern SPARK_OPTIONS = Pattern.compile("--\\(([a-z|-]+)\\)");
  private static final String JOB_FILES = "docs/job-files.md";
  private static final int MOST_LINES = 200;

  private static Stream<Path> files(String... folders) {
    return Arrays.stream(folders)
        .flatMap(
            folder -> {
              try (Stream<Path> found = Files.walk(Path.of(folder))) {
                return found.filter(Files::isRegularFile).toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void theReadmeIsShort() {
    assertTrue(Documents.text("README.md").lines().count() < MOST_LINES);
  }

  @Test
  void everyClassNamedInADocumentExists() {
    Set<String> classes =
        files("src")
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .map(name -> name.substring(0, name.length() - ".java".length()))
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String document : Documents.all()) {
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
  void everyQualifiedNameInADocumentIsAClassOrAPackage() {
    Set<String> missing = new TreeSet<>();
    for (String document : Documents.all()) {
      QUALIFIED
          .matcher(Documents.text(document))
          .results()
          .map(found -> found.group())
          .filter(name -> !isClassOrPackage("src/main/java/" + name.replace('.', '/')))
          .forEach(name -> missing.add(document + ": " + name));
    }
    assertEquals(Set.of(), missing);
  }

  private static boolean isClassOrPackage(String path) {
    return Files.isRegularFile(Path.of(path + ".java")) || Files.isDirectory(Path.of(path));
  }

  @Test
  void everyFileNamedInADocumentExists() {
    List<String> missing = new ArrayList<>();
    for (String document : Documents.all()) {
      for (String span : Documents.spans(document)) {
        String file = span.split(" ", 2)[0];
        if (FILE.matcher(file).matches()
            && !file.startsWith("jobs/output/")
            && !Files.exists(Path.of(file))) {
          missing.add(document + ": " + file);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (String document : Documents.all()) {
      for (String link : Documents.links(document)) {
        if (link.startsWith("https://")) {
          continue;
        }
        links++;
        String[] parts = link.split("#", 2);
        Path target =
            parts[0].isEmpty()
                ? Path.of(document)
                : Path.of(document).resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)
            || (parts.length > 1 && !Documents.anchors(target.toString()).contains(parts[1]))) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 20, "the documents lead from one to the other");
  }

  /** The job's, those of the other commands and scripts, Spark's, and the JVM's. */
  @Test
  void everyOptionNamedInADocumentIsTaken() {
    Set<String> taken =
        Arrays.stream(JobKey.values()).map(key -> "--" + key.key()).collect(Collectors.toSet());
    files("scripts", "conf", "src/main/java/dev/sigmax/cli")
        .map(file -> Documents.text(file.toString()))
        .flatMap(text -> OPTION.matcher(text).results())
        .forEach(found -> taken.add(found.group()));
    SPARK_OPTIONS
        .matcher(Documents.text("scripts/sigmax"))
        .results()
        .flatMap(found -> Arrays.stream(found.group(1).split("\\|", -1)))
        .forEach(name -> taken.add("--" + name));
    Set<String> unknown = new TreeSet<>();
    for (String document : Documents.all()) {
      OPTION
          .matcher(Documents.text(document))
          .results()
          .map(found -> found.group())
          .filter(option -> !taken.contains(option))
          .forEach(option -> unknown.add(document + ": " + option));
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void theReadmesJobFileIsAJob(@TempDir Path folder) throws IOException {
    List<String> jobs = Documents.blocks("README.md", "yaml");
    assertEquals(1, jobs.size());
    JobSpec spec = job(folder, jobs.get(0));
    assertEquals(List.of("/data/logits/dt=*"), spec.inputs());
    assertEquals("0.1%", spec.maxBadRows().toString());
  }

  @Test
  void everyJobFileInADocumentIsAJob(@TempDir Path folder) throws IOException {
    int jobs = 0;
    for (String document : Documents.all()) {
      for (String yaml : Documents.blocks(document, "yaml")) {
        job(folder, yaml);
        jobs++;
      }
    }
    assertTrue(jobs >= 2);
  }

  private static JobSpec job(Path folder, String yaml) throws IOException {
    Variables date =
        Variables.of(yaml.contains("${date}") ? List.of("date=2026-11-21") : List.of());
    return JobSpec.of(JobFile.read(Files.writeString(folder.resolve("job.yaml"), yaml), date));
  }

  @Test
  void theTableOfOptionsHasEveryKeyAndEveryChoice() {
    List<List<String>> rows = Documents.table(JOB_FILES, "Options");
    assertEquals(
        Arrays.stream(JobKey.values()).map(key -> "`" + key.key() + "`").toList(),
        rows.stream().skip(1).map(row -> row.get(0)).toList());
    int line = 1;
    for (JobKey key : JobKey.values()) {
      String values = rows.get(line++).get(1);
      if (key.form() == JobKey.Form.CHOICE) {
        for (String choice : key.placeholder().split("\\|", -1)) {
          assertTrue(values.contains("`" + choice + "`"), key.key() + ": " + choice);
        }
      }
    }
  }

  @Test
  void theTableOfBadRowsHasEveryIssue() {
    assertEquals(
        Arrays.stream(RowIssue.values()).map(issue -> "`" + issue.code() + "`").toList(),
        Documents.table(JOB_FILES, "Bad rows").stream().skip(1).map(row -> row.get(0)).toList());
  }

  @Test
  void theChartsFiguresAreThoseOfTheTables() throws IOException {
    String page = Documents.text("docs/performance.md");
    String chart = Documents.text("docs/speed.svg");
    for (String line : Files.readAllLines(Path.of("docs/speed.tsv"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split("\t", -1);
        assertTrue(page.contains("| " + parts[2]), line);
        assertTrue(chart.contains(">" + parts[0] + "<"), line);
        assertTrue(chart.contains(">" + parts[1] + "<"), line);
        // The chart has three digits.
        double seconds = Double.parseDouble(parts[2]);
        String shown = String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds);
        assertTrue(chart.contains(">" + shown + " s<"), line);
      }
    }
  }
}

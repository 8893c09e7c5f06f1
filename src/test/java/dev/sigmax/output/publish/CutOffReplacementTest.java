package dev.sigmax.output.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.SigmaxException;
import dev.sigmax.testing.Fault;
import dev.sigmax.testing.FaultPlan;
import dev.sigmax.testing.FaultyFiles;
import dev.sigmax.testing.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replacement that does not come to its end leaves, and what others make of that. */
class CutOffReplacementTest {
  private static final int FAR_MORE_THAN_ITS_OPERATIONS = 50;

  @TempDir private Path folder;
  private Configuration configuration;
  private org.apache.hadoop.fs.Path output;
  private FolderPublication publication;

  @BeforeEach
  void publishARun() throws IOException {
    configuration = new Configuration();
    FaultyFiles.register(configuration);
    output = new org.apache.hadoop.fs.Path("faulty://" + folder.resolve("out"));
    publication = new FolderPublication(output, configuration);
    try (Staging staging = publication.prepare()) {
      publication.publish(staging, Manifests.ofNoRows("run-0"));
    }
  }

  @AfterEach
  void heal() {
    FaultPlan.heal();
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path aside() {
    return folder.resolve(".out.sigmax-replaced-0123456789ab");
  }

  private List<Path> setAside() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(".out.sigmax-replaced-"))
          .toList();
    }
  }

  private void replace(String run) throws IOException {
    try (Staging staging = publication.prepare()) {
      publication.replace(staging, Manifests.ofNoRows(run));
    }
  }

  /** Of two old outputs nobody can tell which was the last. */
  @Test
  void behindOneThatWasCutOffTheNextSetsTheOnlyOldOutputAside() throws IOException {
    List<List<Path>> found = new ArrayList<>();
    for (int operation = 1; operation < FAR_MORE_THAN_ITS_OPERATIONS; operation++) {
      // As one leaves it that is killed when the new run is there and the old one not removed.
      Files.move(out(), aside());
      try (Staging staging = publication.prepare()) {
        publication.publish(staging, Manifests.ofNoRows("cut-off-" + operation));
      }
      FaultPlan.planMeanwhile(
          operation,
          () -> {
            if (!Files.exists(out())) {
              found.add(setAside());
            }
          });
      replace("run-" + operation);
      String left = "operation " + operation;
      try (var files = Files.list(folder)) {
        assertEquals(List.of(out()), files.toList(), left);
      }
      if (!FaultPlan.fired()) {
        break;
      }
    }
    assertTrue(!found.isEmpty(), "no operation came between the two renames");
    found.forEach(old -> assertEquals(1, old.size(), old.toString()));
  }

  @Test
  void whoPutsTheOldOutputBackIsNotDisturbedByAnotherWhoDoes() throws IOException {
    Files.move(out(), aside());
    FaultPlan.planMeanwhile(1, () -> Files.move(aside(), out()));
    new OldOutput(output, configuration, new AtomicRename(output, configuration), Duration.ZERO)
        .recover();
    assertTrue(FaultPlan.fired());
    assertEquals("run-0", publication.published().orElseThrow().runId());
  }

  @Test
  void whoPutsTheOldOutputBackIsNotDisturbedByAReplacementThatGoesOn() throws IOException {
    Files.move(out(), aside());
    Path next = folder.resolve("next");
    FolderPublication elsewhere =
        new FolderPublication(new org.apache.hadoop.fs.Path("faulty://" + next), configuration);
    try (Staging staging = elsewhere.prepare()) {
      elsewhere.publish(staging, Manifests.ofNoRows("run-1"));
    }
    FaultPlan.planMeanwhile(1, () -> Files.move(next, out()));
    new OldOutput(output, configuration, new AtomicRename(output, configuration), Duration.ZERO)
        .recover();
    assertTrue(FaultPlan.fired());
    assertEquals("run-1", publication.published().orElseThrow().runId());
  }

  @Test
  void whereSomethingCannotBeReadARunIsInItsPlaceAllTheSame() throws IOException {
    boolean fired = true;
    for (int operation = 1; fired; operation++) {
      FaultPlan.plan(Fault.FAIL_READING, operation);
      String told = "replaced";
      try {
        replace("run-" + operation);
      } catch (IOException | SigmaxException failure) {
        told = failure.toString();
      }
      fired = FaultPlan.fired();
      FaultPlan.heal();
      String which = "reading operation " + operation + ": " + told;
      assertTrue(publication.published().isPresent(), which);
    }
  }

  @Test
  void aRunThatIsNotWholeInItsPlaceIsNotToldAsPublished() throws IOException {
    int failed = 0;
    boolean fired = true;
    for (int operation = 1; fired; operation++) {
      String run = "run-" + operation;
      FaultPlan.plan(Fault.TRUNCATE, operation);
      boolean told = true;
      try {
        replace(run);
      } catch (IOException | SigmaxException failure) {
        told = false;
        failed++;
      }
      fired = FaultPlan.fired();
      FaultPlan.heal();
      if (told) {
        assertEquals(run, publication.published().orElseThrow().runId());
      }
    }
    assertTrue(failed > 0, "no file was cut off");
  }

  @Test
  void aRunThatIsSetAsideAsSoonAsItIsInItsPlaceIsPublished() throws IOException {
    // The answer to its rename is lost, and another replacement is half way.
    for (int operation = 1; operation < FAR_MORE_THAN_ITS_OPERATIONS; operation++) {
      String run = "run-" + operation;
      try (Staging staging = publication.prepare()) {
        Path prepared = Path.of(staging.folder().toUri().getPath());
        FaultPlan.planMeanwhile(
            operation,
            () -> {
              if (!Files.exists(out()) && Files.exists(prepared)) {
                Files.move(prepared, aside());
              }
            });
        publication.replace(staging, Manifests.ofNoRows(run));
      }
      if (Files.exists(aside())) {
        assertEquals(List.of(aside()), setAside());
        return;
      }
      if (!FaultPlan.fired()) {
        break;
      }
    }
    throw new AssertionError("no operation came between the two renames");
  }
}

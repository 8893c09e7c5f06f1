package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the command clean says of a path where there is nothing to remove. */
class CleanedPathTest extends JobTest {
  private void assertNotFound(Path path) {
    Program clean = Program.run("clean", path.toString());
    assertEquals(3, clean.code(), clean.err() + clean.out());
    assertEquals("", clean.out());
    assertTrue(clean.err().contains("there is no output " + path), clean.err());
    assertTrue(clean.err().contains("[OUTPUT_NOT_FOUND]"), clean.err());
  }

  @Test
  void aMistypedPathIsToldAsMissing() throws IOException {
    assertNotFound(folder.resolve("ouut"));
    assertNotFound(folder.resolve("no/such/folder"));
    Files.createDirectory(folder.resolve(".out.sigmax-staging-0123456789ab"));
    assertNotFound(folder.resolve("ouut"));
  }

  @Test
  void anOutputThatIsThereOrWasBegunIsNone() throws IOException {
    Path attempt = Files.createDirectory(folder.resolve(".out.sigmax-staging-0123456789ab"));
    assertTrue(Program.run("clean", out().toString()).out().startsWith("left " + attempt));
    assertTrue(Program.run("clean", out().toString(), "--older-than", "0").out().startsWith("rem"));
    Files.createDirectory(out());
    assertEquals("nothing to remove\n", Program.run("clean", out().toString()).out());
  }
}

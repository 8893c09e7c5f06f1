package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/build} with a Maven that does nothing but leave the files of a build. */
class BuildScriptIT {
  @TempDir private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    Files.createDirectories(home.resolve("src/main"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createDirectory(home.resolve("scripts"));
    Files.copy(Path.of("scripts/build"), home.resolve("scripts/build"));
  }

  /** Builds with a Maven whose last command is this, once its files are there. */
  private Shell.Result build(String end) throws IOException {
    Path maven = Files.createDirectories(home.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        "#!/bin/bash\necho called >>calls\nmkdir -p target/spark/jars\n:>target/sigmax.jar\n"
            + end
            + "\n");
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Shell.run(
        "env",
        "PATH=" + home.resolve("bin") + ":" + System.getenv("PATH"),
        home.resolve("scripts/build").toString());
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  @Test
  void whatIsBuiltIsNotBuiltAgain() throws IOException {
    assertEquals(0, build("true").code());
    assertEquals(0, build("false").code());
    assertEquals(List.of("called"), calls());
  }

  /**
   * The jar is there before it has all that belongs in it, and so is the folder of Spark's jars.
   */
  @Test
  void aBuildThatWasCutOffIsDoneAgain() throws IOException {
    Shell.Result cutOff = build("false");
    assertEquals(1, cutOff.code());
    assertTrue(cutOff.err().contains("the build failed"), cutOff.err());
    Path half = Files.createFile(home.resolve("target/spark/jars/half.jar"));
    assertEquals(1, build("false").code(), "half of a build was taken for one");
    assertFalse(Files.exists(half), "Maven would take half of a jar for one");
    assertEquals(0, build("true").code());
    assertEquals(0, build("false").code());
    assertEquals(List.of("called", "called", "called"), calls());
  }
}

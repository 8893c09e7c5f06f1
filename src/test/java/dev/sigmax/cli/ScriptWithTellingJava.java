package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/sigmax}, and a Java that tells what it is called with. */
abstract class ScriptWithTellingJava {
  static final String SCRIPT = "scripts/sigmax";

  static final String REAL_JAVA = System.getProperty("java.home");

  @TempDir Path folder;

  /** A Java that runs Spark's launcher, and prints every other command, an argument a line. */
  @BeforeEach
  void makeJavaThatTells() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        "#!/usr/bin/env bash\ncase \"$*\" in *launcher.Main*) exec "
            + REAL_JAVA
            + "/bin/java \"$@\" ;; esac\nprintf '%s\\n' \"$@\"\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  List<String> command(String... arguments) {
    return commandIn("SIGMAX=test", arguments);
  }

  /** The command that the script makes, with a variable of the environment. */
  List<String> commandIn(String variable, String... arguments) {
    Shell.Result told =
        Shell.run(
            Stream.concat(
                    Stream.of("env", "JAVA_HOME=" + folder.resolve("jdk"), variable, SCRIPT),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertEquals(0, told.code(), told.err());
    return told.out().lines().toList();
  }

  static String[] with(String[] job, String... options) {
    return Stream.concat(Stream.of(job), Stream.of(options)).toArray(String[]::new);
  }
}

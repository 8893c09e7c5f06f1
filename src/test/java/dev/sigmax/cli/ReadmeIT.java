package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import dev.sigmax.testing.Shell;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The commands of the README do what they say, in their order. */
class ReadmeIT {
  @Test
  void everyCommandWorks() {
    Set<String> commands = new LinkedHashSet<>();
    for (String block : Documents.blocks("README.md", "sh")) {
      commands.addAll(block.lines().toList());
    }
    assertTrue(commands.remove("mvn verify"), "the test command, which runs this");
    assertTrue(commands.size() >= 5, () -> "commands: " + commands);
    for (String command : commands) {
      Shell.Result result = Shell.run("bash", "-c", command);
      assertEquals(0, result.code(), () -> command + ": " + result.err());
      assertFalse(result.err().contains(" WARN "), () -> command + ": " + result.err());
    }
  }
}

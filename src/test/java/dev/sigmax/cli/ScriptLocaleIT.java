package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The locale that {@code scripts/sigmax} gives to Java. */
class ScriptLocaleIT extends ScriptWithTellingJava {
  /** What Java is told of the locale: of its characters, of its messages, and of all else. */
  private String localeIn(String... environment) throws IOException {
    Path java = Files.createDirectories(folder.resolve("locale/bin")).resolve("java");
    Files.writeString(
        java,
        "#!/usr/bin/env bash\nprintf '%s ' \"$LC_CTYPE\" \"$LC_MESSAGES\" \"${LC_ALL-}${LANGUAGE-}${LANG-}${LC_TIME-}\"\n");
    assertTrue(java.toFile().setExecutable(true));
    String[] env = {"env", "-u", "LC_ALL", "JAVA_HOME=" + folder.resolve("locale")};
    Shell.Result told = Shell.run(with(with(env, environment), SCRIPT, "explain", "1", "2"));
    assertEquals(0, told.code(), told.err());
    return told.out().strip();
  }

  @Test
  void messagesOfTheSystemAreNotTranslatedAndNamesOfFilesAreUtf8() throws IOException {
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C.UTF-8", "LANGUAGE=de:fr"));
    assertEquals("C.UTF-8 C", localeIn("LC_CTYPE=C.UTF-8", "LANG=C"));
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C", "LC_MESSAGES=de_DE.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LANG=C.UTF-8", "LC_CTYPE="));
  }

  /** To Java, one category that cannot be had is as if there were none. */
  @Test
  void aLocaleThatIsNotInstalledDoesNotHideNamesOfFiles() throws IOException {
    assertEquals("C.UTF-8 C", localeIn("LANG=xx_XX.UTF-8", "LC_TIME=xx_XX.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LC_ALL=C.UTF-8", "LANG=xx_XX.UTF-8"));
    assertEquals("C.UTF-8 C", localeIn("LC_CTYPE=C.UTF-8", "LC_TIME=xx_XX.UTF-8"));
  }

  @Test
  void aFullDiskIsToldInEveryLanguage() {
    String german = folder.resolve("de_DE.UTF-8").toString();
    Shell.run("localedef", "-i", "de_DE", "-f", "UTF-8", german);
    assumeTrue(Files.isDirectory(Path.of(german)), "there is no German to be had");
    Shell.Result full =
        Shell.run(
            "env",
            "LOCPATH=" + folder,
            "LC_ALL=de_DE.UTF-8",
            "bash",
            "-c",
            SCRIPT + " explain 1 2 >/dev/full");
    assertEquals(
        "sigmax: standard output cannot be written: No space left on device. [STANDARD_OUTPUT]\n",
        full.err());
  }
}

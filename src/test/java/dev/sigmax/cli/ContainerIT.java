package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What containers lack: a name for the user, and an address for the name of the machine. */
class ContainerIT {
  private static final String[] UNNAMED = {
    "setpriv", "--reuid=1234567", "--regid=1234567", "--clear-groups"
  };
  private static final String[] NO_ADDRESS = {
    "unshare", "--uts", "bash", "-c", "hostname nowhere.invalid && exec \"$@\"", "bash"
  };

  @TempDir private Path folder;

  @BeforeEach
  void makeInput() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    DuckDb.write("SELECT 0::FLOAT AS logit_a, 0::FLOAT AS logit_b", folder.resolve("a.parquet"));
  }

  private static Shell.Result run(String[] within, String... command) {
    return Shell.run(Stream.concat(Stream.of(within), Stream.of(command)).toArray(String[]::new));
  }

  private Shell.Result score(String... within) {
    return run(
        within,
        "scripts/sigmax",
        "score",
        "--input=" + folder.resolve("a.parquet"),
        "--output=" + folder.resolve("out"),
        "--task=multiclass");
  }

  private void assertPublished(Shell.Result run) {
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of(List.of(0.5f, 0.5f)),
        DuckDb.rows("SELECT prob_a, prob_b FROM '" + folder.resolve("out") + "/*.parquet'"));
  }

  @Test
  void aUserWithoutANamePublishesAndVerifiesAndIsToldWhatHadoopCallsHim() {
    assumeTrue(
        run(UNNAMED, "test", "-r", "scripts/sigmax").code() == 0
            && run(UNNAMED, "java", "-version").code() == 0,
        "no other user id can be taken here, or it may not read this folder");
    Shell.Result run = score(UNNAMED);
    assertPublished(run);
    assertTrue(run.err().contains("the user id 1234567 has no name"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    Shell.Result verified =
        run(UNNAMED, "scripts/sigmax", "verify", folder.resolve("out").toString());
    assertEquals(0, verified.code(), verified.err());
  }

  @Test
  void aMachineWhoseNameHasNoAddressPublishes() {
    assumeTrue(run(NO_ADDRESS, "true").code() == 0, "names of machines cannot be changed here");
    Shell.Result run = score(NO_ADDRESS);
    assertPublished(run);
    assertEquals("", run.err());
  }
}

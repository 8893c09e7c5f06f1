package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits from vectors of any width, each in a JVM of its own that has to be that wide. */
class VectorWidthTest {
  /** What the last JVM said on standard error. */
  private String logged;

  private String digestIn(String... options) throws IOException, InterruptedException {
    return digestOn(Path.of(System.getProperty("java.home")), options);
  }

  private String digestOn(Path java, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", "target/test-classes:target/classes", BitDigest.class.getName()));
    Path log = Files.createTempFile(Path.of("target"), "kernel", ".log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), () -> command + " printed " + printed);
    logged = Files.readString(log);
    Files.delete(log);
    return printed;
  }

  private static String expected(String kernel, int lanes) {
    return String.format("%s %d %016x", kernel, lanes, BitDigest.EXPECTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void everyWidthGivesTheSameBits(int lanes) throws Exception {
    assumeTrue(
        lanes <= Kernels.kernel().lanes(),
        () -> "this machine has no vectors of " + lanes + " doubles");
    assertEquals(
        expected("vector", lanes),
        digestIn(
            "--add-modules=jdk.incubator.vector", "-XX:MaxVectorSize=" + lanes * Double.BYTES));
  }

  /** Those that scripts/spark-versions runs on, where the machine has them. */
  @Test
  void newerJavasGiveTheSameBits() throws Exception {
    List<Path> javas = new ArrayList<>();
    Path folder = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> found = Files.list(folder)) {
        found
            .filter(java -> java.getFileName().toString().matches(".*-2[15]-.*"))
            .filter(java -> Files.isExecutable(java.resolve("bin/java")))
            .forEach(javas::add);
      }
    }
    assumeTrue(!javas.isEmpty(), "this machine has no Java 21 or 25");
    for (Path java : javas) {
      assertEquals(
          expected("vector", Kernels.kernel().lanes()),
          digestOn(java, "--add-modules=jdk.incubator.vector"),
          java.toString());
    }
  }

  @Test
  void withoutTheModuleTheScalarKernelGivesTheSameBits() throws Exception {
    assertEquals(expected("scalar", 1), digestIn());
    assertTrue(logged.contains("add --add-modules=jdk.incubator.vector"), logged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3"})
  void withoutTheOptimisingCompilerTheScalarKernelServesAndTheLogNamesTheOption(String option)
      throws Exception {
    assertEquals(expected("scalar", 1), digestIn("--add-modules=jdk.incubator.vector", option));
    assertTrue(logged.contains("remove " + option), logged);
  }

  @Test
  void whereThereIsLittleDataTheScalarKernelServesWithoutAWarning() throws Exception {
    assertEquals(
        expected("scalar", 1),
        digestIn(
            "--add-modules=jdk.incubator.vector",
            "-XX:TieredStopAtLevel=1",
            "-D" + Kernels.LITTLE_DATA + "=true"));
    assertFalse(logged.contains("scalar kernel"), logged);
  }

  @Test
  void anOrdinaryJvmHasNothingAgainstVectors() {
    assertNull(OptimizingCompiler.obstacle("mixed mode, sharing", List.of("-Xmx1g")));
    assertNull(
        OptimizingCompiler.obstacle(
            "mixed mode", List.of("-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4")));
    assertNotNull(OptimizingCompiler.obstacle("mixed mode", List.of("-XX:-EnableVectorSupport")));
  }

  @Test
  void theScalarKernelCanBeAskedFor() throws Exception {
    assertEquals(
        expected("scalar", 1),
        digestIn("--add-modules=jdk.incubator.vector", "-Dsigmax.kernel=scalar"));
  }
}

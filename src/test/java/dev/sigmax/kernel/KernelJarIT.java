package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.Documents;
import dev.sigmax.testing.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's jar in a JVM that has nothing else. */
class KernelJarIT {
  private static final String JAR = "target/sigmax-kernel.jar";
  private static final String PAGE = "docs/library.md";

  @TempDir private Path folder;

  @Test
  void itHoldsTheKernelAndNothingElse() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<String> others =
          jar.stream()
              .map(Object::toString)
              .filter(name -> !name.endsWith("/"))
              .filter(
                  name -> !name.matches("dev/sigmax/kernel/(rule/)?[\\w$-]+[.]class|META-INF/.*"))
              .toList();
      assertEquals(List.of(), others);
    }
    assertEquals(
        List.of(), tool("jdeps", "-s", JAR).lines().filter(line -> !isOfTheJdk(line)).toList());
  }

  private static boolean isOfTheJdk(String line) {
    return line.matches("sigmax-kernel[.]jar -> (java[.]\\w+|jdk[.]incubator[.]vector)");
  }

  @Test
  void itGivesTheBitsOfTheBatch() throws IOException {
    Path digest = Path.of(BitDigest.class.getName().replace('.', '/') + ".class");
    Files.createDirectories(folder.resolve(digest).getParent());
    Files.copy(Path.of("target/test-classes").resolve(digest), folder.resolve(digest));
    String expected = String.format("%016x", BitDigest.EXPECTED);
    for (List<String> options :
        List.of(List.<String>of(), List.of("--add-modules=jdk.incubator.vector"))) {
      String printed = java(options, BitDigest.class.getName());
      assertTrue(printed.strip().endsWith(" " + expected), printed);
    }
  }

  @Test
  void theCodeOfItsPageCompilesAndPrintsWhatThePageSays() throws IOException {
    String block = Documents.blocks(PAGE, "java").get(0);
    StringBuilder source = new StringBuilder();
    block.lines().filter(line -> line.startsWith("import ")).forEach(source::append);
    source.append("public class Page { public static void main(String[] arguments) {\n");
    block.lines().filter(line -> !line.startsWith("import ")).forEach(source::append);
    Path file = Files.writeString(folder.resolve("Page.java"), source.append("}}"));
    tool("javac", "-cp", JAR, "-d", folder.toString(), file.toString());
    assertEquals(Documents.blocks(PAGE, "text").get(0), java(List.of(), "Page"));
  }

  private String java(List<String> options, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", JAR + ":" + folder, mainClass));
    Shell.Result result = Shell.run(command.toArray(String[]::new));
    assertEquals(0, result.code(), result.err());
    return result.out();
  }

  private static String tool(String name, String... arguments) {
    StringWriter said = new StringWriter();
    int code =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(new PrintWriter(said), new PrintWriter(said), arguments);
    assertEquals(0, code, () -> Stream.of(arguments).toList() + ": " + said);
    return said.toString();
  }
}

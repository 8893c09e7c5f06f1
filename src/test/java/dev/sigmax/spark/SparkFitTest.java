package dev.sigmax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Spark is told to lack before any code meets it. */
class SparkFitTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final String PLAN = "org/apache/spark/sql/execution/SparkPlan";

  @TempDir private Path folder;

  /** A class file in a package of ours that calls a method of Spark, or what is none. */
  private void caller(String name, int opcode, String owner, String method, boolean ofInterface)
      throws IOException {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_ABSTRACT, name, null, "java/lang/Object", null);
    MethodVisitor body = writer.visitMethod(Opcodes.ACC_STATIC, "call", "()V", null, null);
    body.visitCode();
    body.visitMethodInsn(opcode, owner, method, "()V", ofInterface);
    body.visitMaxs(9, 9);
    body.visitEnd();
    writer.visitEnd();
    Path file = folder.resolve(name + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, writer.toByteArray());
  }

  private SparkFit fit(String version) throws IOException {
    URL[] here = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(here, getClass().getClassLoader())) {
      return SparkFit.of(version, folder, loader);
    }
  }

  /** Of whichever Spark the tests run on; so the profiles prove the check on every minor. */
  @Test
  void allThatSigmaxUsesIsInThisSpark() throws IOException {
    SparkFit fit = SparkFit.of("4.99.0", CLASSES, getClass().getClassLoader());
    assertEquals(Optional.empty(), fit.columnarObstacle());
    assertEquals(Optional.empty(), fit.callsObstacle());
    assertEquals(
        Optional.of(
            "Sigmax was tested with Spark 4.0, 4.1 and 4.2, and this is Spark 4.99.0. All that"
                + " Sigmax uses of it is there."),
        fit.warning());
  }

  @Test
  void aLaterPatchThatFitsIsNoWarning() throws IOException {
    assertEquals(
        Optional.empty(), SparkFit.of("4.1.99", CLASSES, getClass().getClassLoader()).warning());
  }

  @Test
  void aMethodThatIsGoneLeavesScoresToTheRowPath() throws IOException {
    caller("dev/sigmax/columnar/exec/Node", Opcodes.INVOKEVIRTUAL, PLAN, "gone", false);
    SparkFit fit = fit("4.1.99");
    Optional<String> why =
        Optional.of("Spark 4.1.99 lacks org.apache.spark.sql.execution.SparkPlan.gone()V");
    assertEquals(why, fit.columnarObstacle());
    assertEquals(Optional.empty(), fit.callsObstacle());
    assertTrue(
        fit.warning().orElseThrow().contains("Scores are written by rows, with the same bits"));
  }

  @Test
  void aClassThatIsGoneLeavesFunctionsToTheCatalog() throws IOException {
    caller(
        "dev/sigmax/spark/calls/Call", Opcodes.INVOKESTATIC, "org/apache/spark/Gone", "a", false);
    SparkFit fit = fit("4.99.0");
    assertEquals(Optional.of("Spark 4.99.0 lacks org.apache.spark.Gone"), fit.callsObstacle());
    assertEquals(Optional.empty(), fit.columnarObstacle());
  }

  @Test
  void aClassThatBecameAnInterfaceDoesNotFit() throws IOException {
    caller(
        "dev/sigmax/parquet/write/File",
        Opcodes.INVOKEVIRTUAL,
        "org/apache/spark/TaskContext$",
        "get",
        false);
    caller(
        "dev/sigmax/parquet/write/Page",
        Opcodes.INVOKEVIRTUAL,
        "org/apache/spark/sql/connector/write/DataWriter",
        "commit",
        false);
    assertTrue(
        fit("4.99.0")
            .columnarObstacle()
            .orElseThrow()
            .contains("org.apache.spark.sql.connector.write.DataWriter as a class"));
  }

  @Test
  void whatAnyOtherPartLacksIsAWarningAlone() throws IOException {
    caller("dev/sigmax/input/Reader", Opcodes.INVOKEVIRTUAL, PLAN, "gone", false);
    SparkFit fit = fit("4.1.99");
    assertEquals(Optional.empty(), fit.columnarObstacle());
    assertEquals(Optional.empty(), fit.callsObstacle());
    assertTrue(fit.warning().orElseThrow().contains("Commands may fail: Spark 4.1.99 lacks"));
  }

  @Test
  void inheritedMembersAndThoseOfObjectAreThere() throws IOException {
    caller("dev/sigmax/columnar/exec/Sort", Opcodes.INVOKEVIRTUAL, PLAN, "notify", false);
    assertEquals(Optional.empty(), fit("4.1.99").columnarObstacle());
  }

  @Test
  void aMethodThatIsNotThereIsToldToPeople() {
    Exception failure =
        new IllegalStateException(new NoSuchMethodError("'void org.apache.spark.Gone.a()'"));
    String told = SparkMisfit.explain(failure).orElseThrow().getMessage();
    assertTrue(told.contains("org.apache.spark.Gone.a()"), told);
    assertTrue(told.contains("tested with Spark 4.0, 4.1 and 4.2 (Scala 2.13)"), told);
  }

  @Test
  void executorsOfAnotherSparkAreToldToPeople() {
    Exception failure =
        new IllegalStateException(
            "Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent"
                + " failure: Lost task 0.3 in stage 0.0 (TID 3) (10.0.0.1 executor 0):"
                + " java.io.InvalidClassException: org.apache.spark.sql.execution.datasources."
                + "FilePartition; local class incompatible");
    String told = SparkMisfit.explain(failure).orElseThrow().getMessage();
    assertTrue(told.contains("Set SPARK_HOME to the cluster's Spark"), told);
    assertTrue(told.contains("serves Spark 4.0, 4.1 and 4.2"), told);
  }

  @Test
  void anythingElseIsNoMisfit() {
    for (Throwable failure :
        new Throwable[] {
          new IllegalStateException(),
          new UnsatisfiedLinkError("libzstd"),
          new NoClassDefFoundError("Could not initialize class org.apache.arrow.memory.A")
        }) {
      assertEquals(Optional.empty(), SparkMisfit.explain(failure));
    }
  }
}

package dev.sigmax;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of the house and what they may know of each other. */
class LayeringTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sigmax");

  /** From the top down: a package may use those below it. */
  private static final List<String> LAYERS =
      List.of(
          "dev.sigmax.cli",
          "dev.sigmax.cli.result",
          "dev.sigmax.cli.console",
          "dev.sigmax.cli.session",
          "dev.sigmax.job",
          "dev.sigmax.ml",
          "dev.sigmax",
          "dev.sigmax.job.inspect",
          "dev.sigmax.job.calibrate",
          "dev.sigmax.job.evaluate",
          "dev.sigmax.job.incremental",
          "dev.sigmax.job.target",
          "dev.sigmax.job.progress",
          "dev.sigmax.job.run",
          "dev.sigmax.job.failure",
          "dev.sigmax.job.drift",
          "dev.sigmax.job.plan",
          "dev.sigmax.job.spec",
          "dev.sigmax.report",
          "dev.sigmax.report.html",
          "dev.sigmax.table.catalog",
          "dev.sigmax.table.iceberg",
          "dev.sigmax.table.delta",
          "dev.sigmax.table",
          "dev.sigmax.output.publish",
          "dev.sigmax.output",
          "dev.sigmax.input",
          "dev.sigmax.input.column",
          "dev.sigmax.input.snapshot",
          "dev.sigmax.columnar.plan",
          "dev.sigmax.columnar.exec",
          "dev.sigmax.columnar.score",
          "dev.sigmax.columnar.scan",
          "dev.sigmax.spark.calls",
          "dev.sigmax.function.score",
          "dev.sigmax.function",
          "dev.sigmax.parquet.write",
          "dev.sigmax.parquet.footer",
          "dev.sigmax.parquet.read",
          "dev.sigmax.arrow",
          "dev.sigmax.parquet.reference",
          "dev.sigmax.parquet.vector",
          "dev.sigmax.parquet.codec",
          "dev.sigmax.parquet.bytes",
          "dev.sigmax.spark",
          "dev.sigmax.files",
          "dev.sigmax.tally",
          "dev.sigmax.kernel",
          "dev.sigmax.kernel.rule",
          "dev.sigmax.error");

  private static final String[] INTERNALS_OF_SPARK = {
    "org.apache.spark.sql.catalyst..",
    "org.apache.spark.sql.execution..",
    "org.apache.spark.sql.internal..",
    "org.apache.spark.sql.classic..",
    "org.apache.spark.metrics.."
  };

  /** What Spark's public interfaces of functions and catalogs have in their signatures. */
  private static final Set<String> DATA_OF_SPARK =
      Set.of(
          "org.apache.spark.sql.catalyst.InternalRow",
          "org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException",
          "org.apache.spark.sql.catalyst.util.ArrayData");

  @Test
  void everyPackageHasItsPlace() {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(type.getPackageName()));
    assertEquals(new TreeSet<>(LAYERS), packages);
  }

  @Test
  void importsPointDownwards() {
    for (int i = 1; i < LAYERS.size(); i++) {
      noClasses()
          .that()
          .resideInAPackage(LAYERS.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LAYERS.subList(0, i).toArray(new String[0]))
          .check(CLASSES);
    }
  }

  @Test
  void neighboursDoNotKnowEachOther() {
    List<String> neighbours =
        List.of(
            "dev.sigmax.input..",
            "dev.sigmax.output..",
            "dev.sigmax.report..",
            "dev.sigmax.function..");
    for (String one : neighbours) {
      noClasses()
          .that()
          .resideInAPackage(one)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              neighbours.stream().filter(other -> !other.equals(one)).toArray(String[]::new))
          .check(CLASSES);
    }
  }

  @Test
  void thePageWriterKnowsNoScore() {
    noClasses()
        .that()
        .resideInAPackage("dev.sigmax.parquet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sigmax.columnar..", "dev.sigmax.function..")
        .check(CLASSES);
  }

  /** Nor does Arrow know pages: it stands below. What both need is in rooms of its own. */
  @Test
  void thePageReaderKnowsNoArrow() {
    noClasses()
        .that()
        .resideInAPackage("dev.sigmax.parquet.read")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sigmax.arrow")
        .check(CLASSES);
  }

  @Test
  void whatSparkDoesNotPromiseStandsInRoomsOfItsOwn() {
    DescribedPredicate<JavaClass> internals =
        resideInAnyPackage(INTERNALS_OF_SPARK)
            .and(
                not(
                    DescribedPredicate.describe(
                        "the data that Spark hands to functions",
                        type -> DATA_OF_SPARK.contains(type.getName()))));
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sigmax.spark..",
            "dev.sigmax.columnar.plan..",
            "dev.sigmax.columnar.exec..",
            "dev.sigmax.columnar.scan..")
        .should()
        .dependOnClassesThat(internals)
        .check(CLASSES);
  }

  @Test
  void columnsOfFunctionsKnowOnlyWhatSparkPromises() {
    noClasses()
        .that()
        .haveFullyQualifiedName(Functions.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(INTERNALS_OF_SPARK)
        .check(CLASSES);
  }

  /** They may not be there. */
  @Test
  void librariesOfTablesStandInRoomsOfTheirOwn() {
    Map.of(
            "dev.sigmax.table.iceberg", "org.apache.iceberg..",
            "dev.sigmax.table.delta", "io.delta..")
        .forEach(
            (room, library) ->
                noClasses()
                    .that()
                    .resideOutsideOfPackage(room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library)
                    .check(CLASSES));
  }

  @Test
  void theKernelKnowsJavaAlone() {
    classes()
        .that()
        .resideInAPackage("dev.sigmax.kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "jdk.incubator.vector..", "dev.sigmax.kernel..")
        .check(CLASSES);
  }

  @Test
  void onlyTheVectorKernelNamesTheVectorApi() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Vector")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }
}

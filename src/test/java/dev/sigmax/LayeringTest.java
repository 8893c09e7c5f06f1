package dev.sigmax;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Imports point downwards only. */
class LayeringTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sigmax");

  @Test
  void importsPointDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("dev.sigmax.cli..")
        .layer("job")
        .definedBy("dev.sigmax.job..")
        .layer("input")
        .definedBy("dev.sigmax.input..")
        .layer("output")
        .definedBy("dev.sigmax.output..")
        .layer("report")
        .definedBy("dev.sigmax.report..")
        .layer("function")
        .definedBy("dev.sigmax.function..")
        .layer("columnar")
        .definedBy("dev.sigmax.columnar..")
        .layer("parquet")
        .definedBy("dev.sigmax.parquet..")
        .layer("files")
        .definedBy("dev.sigmax.files..")
        .layer("kernel")
        .definedBy("dev.sigmax.kernel..")
        .layer("refusal")
        .definedBy("dev.sigmax.refusal..")
        .layer("door")
        .definedBy("dev.sigmax")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("door")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("input")
        .mayOnlyBeAccessedByLayers("job")
        .whereLayer("output")
        .mayOnlyBeAccessedByLayers("job", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("job", "cli")
        .whereLayer("function")
        .mayOnlyBeAccessedByLayers("columnar", "job", "door")
        .whereLayer("columnar")
        .mayOnlyBeAccessedByLayers("job", "door")
        .whereLayer("parquet")
        .mayOnlyBeAccessedByLayers("input", "output", "columnar", "job")
        .whereLayer("files")
        .mayOnlyBeAccessedByLayers("cli", "output", "columnar")
        .whereLayer("kernel")
        .mayOnlyBeAccessedByLayers("function", "columnar", "job")
        .whereLayer("refusal")
        .mayOnlyBeAccessedByLayers("cli", "job", "input", "output")
        .check(CLASSES);
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

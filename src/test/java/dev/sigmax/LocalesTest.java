package dev.sigmax;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.NumberFormat;
import java.util.Formatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Numbers and letters are the same wherever the user lives: programs read them too. */
class LocalesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sigmax");

  /** What takes the digits or the letters of the locale that the JVM was started in. */
  private static final ArchRule NO_LOCALE_OF_THE_USER =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callConstructor(Formatter.class)
          .orShould()
          .callConstructor(Formatter.class, Appendable.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(NumberFormat.class);

  @Test
  void nothingIsWrittenInTheDigitsOfTheUsersLocale() {
    NO_LOCALE_OF_THE_USER.check(CLASSES);
  }

  @Test
  void theRuleSeesWhatItForbids() {
    JavaClasses bad = new ClassFileImporter().importClasses(Bad.class);
    assertThrows(AssertionError.class, () -> NO_LOCALE_OF_THE_USER.check(bad));
    assertEquals(
        "\u0663", String.format(Locale.forLanguageTag("ar-EG"), "%d", 3), "why there is a rule");
  }

  /** What the rule is there for. */
  private static final class Bad {
    @SuppressWarnings("unused")
    static String digits(int number) {
      return String.format("%d", number);
    }
  }
}

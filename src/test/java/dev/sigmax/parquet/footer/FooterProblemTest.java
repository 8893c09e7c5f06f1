package dev.sigmax.parquet.footer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.ErrorName;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class FooterProblemTest {
  private static final String GONE = "it is not there any more";

  @Test
  void aLocalFileThatMayNotBeReadIsNeitherGoneNorDamaged() {
    for (Exception closed :
        new Exception[] {
          new FileNotFoundException("/in/a.parquet (Permission denied)"),
          new AccessDeniedException("/in/a.parquet"),
          new RuntimeException(new AccessDeniedException("/in/a.parquet"))
        }) {
      FooterProblem problem = FooterProblem.of(closed, () -> GONE);
      assertEquals(ErrorName.INPUT_NO_PERMISSION, problem.name());
      assertTrue(problem.text().startsWith("no permission (/in/a.parquet"), problem.text());
      assertFalse(problem.text().contains(GONE), problem.text());
    }
  }

  @Test
  void everyOtherFailureIsWhatItIs() {
    FooterProblem problem =
        FooterProblem.of(new FileNotFoundException("/in/a (No such file)"), () -> GONE);
    assertEquals(new FooterProblem(ErrorName.FILE_UNREADABLE, GONE), problem);
  }
}

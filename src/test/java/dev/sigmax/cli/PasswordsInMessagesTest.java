package dev.sigmax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.error.Redaction;
import dev.sigmax.job.JobTest;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What paths and arguments hold that nobody else may read. */
class PasswordsInMessagesTest extends JobTest {
  @Test
  void passwordsInPathsAreNotRepeated() throws IOException {
    input("a.parquet", THREE_ROWS);
    Program run =
        Program.run(
            "score",
            "--input",
            "ftp://reader:swordfish@host.invalid/logits",
            "--output",
            out().toString(),
            "--task",
            "multiclass",
            "--verbose");
    assertTrue(run.code() != 0);
    assertFalse((run.err() + run.out()).contains("swordfish"), run.err());
    assertEquals("://(redacted)@host/a", Redaction.of("://me:secret@host/a"));
    assertEquals("://(redacted)@host/a", Redaction.of("://me:sec@ret@host/a"));
    assertEquals("s3a://(redacted)@bucket/x", Redaction.of("s3a://AKIA:sword/fish@bucket/x"));
    assertEquals(
        "https://host/a?sig=(redacted)&sv=1&token=(redacted)",
        Redaction.of("https://host/a?sig=swordfish&sv=1&token=swordfish"));
    // As java.nio has it.
    assertEquals("s3a:/(redacted)@host/a", Redaction.of("s3a:/me:secret@host/a"));
    for (String plain : List.of("abfs://container@host/a:b@c", "hdfs://host:8020/a@b")) {
      assertEquals(plain, Redaction.of(plain));
    }
  }

  @Test
  void passwordsInArgumentsThatAreNoneAreNotRepeated() {
    for (String[] arguments :
        new String[][] {
          {"score", "job.yaml", "s3a://me:swordfish@bucket/a"},
          {"score", "s3a://me:swordfish@bucket/job.yaml"},
          {"inspect", "ftp://me:swordfish@host.invalid/a"},
          {"clean", "ftp://me:swordfish@host.invalid/a"},
          {"verify", "ftp://me:swordfish@host.invalid/a"}
        }) {
      Program run = Program.run(arguments);
      assertTrue(run.code() != 0, String.join(" ", arguments));
      assertFalse((run.err() + run.out()).contains("swordfish"), run.err() + run.out());
    }
  }
}

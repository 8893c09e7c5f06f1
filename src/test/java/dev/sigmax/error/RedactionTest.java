package dev.sigmax.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void aPasswordIsTakenOutOfTextAndOfPaths() {
    assertEquals("ftp://(redacted)@host/a", Redaction.of("ftp://user:pa/ss@host/a"));
    assertEquals("ftp://(redacted)@host/a", Redaction.ofFile("ftp://user:pa/ss@host/a"));
    assertEquals("s3a://user@bucket/a", Redaction.ofFile("s3a://user@bucket/a"));
  }

  @Test
  void aSignatureLeavesTheBeginningOfItsDigestInAPath() {
    // printf abc | sha256sum
    assertEquals(
        "file:/in/a?sv=1&sig=(redacted:ba7816bf8f01cfea)",
        Redaction.ofFile("file:/in/a?sv=1&sig=abc"));
    assertNotEquals(Redaction.ofFile("file:/in/a?sig=1"), Redaction.ofFile("file:/in/a?sig=2"));
    assertEquals("file:/in/a?sig=(redacted)", Redaction.of("file:/in/a?sig=abc"));
  }

  @Test
  void whatIsLeftOfASignatureStaysWhereTheTextIsPrinted() {
    String path = Redaction.ofFile("file:/in/a?sig=abc&token=x");
    assertEquals(path, Redaction.of(path));
    assertEquals(path, Redaction.ofFile(path));
    assertEquals(
        "the input /in/a?sig=(redacted:ba7816bf8f01cfea) is new",
        Redaction.forPeople("the input " + Redaction.ofFile("file:/in/a?sig=abc") + " is new"));
    assertEquals("/a?sig=(redacted)", Redaction.forPeople("/a?sig=(redacted:swordfish)"));
  }

  @Test
  void aLocalPathHasNoUserAndPassword() {
    assertEquals("file:/a:1@x/b@y", Redaction.ofFile("file:/a:1@x/b@y"));
  }
}

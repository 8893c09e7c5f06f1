package dev.sigmax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PartitionNamesTest {
  @Test
  void whatSparkEscapesIsUnescaped() {
    assertEquals("a/b=c%d", PartitionNames.unescape("a%2Fb%3Dc%25d"));
    assertEquals("no escape", PartitionNames.unescape("no escape"));
  }

  @Test
  void bytesOfUtf8BecomeTheirCharacters() {
    assertEquals("\u4f60", PartitionNames.unescape("%E4%BD%A0"));
    assertEquals(
        "\u4f60 \ud83d\ude00\u00e4$1", PartitionNames.unescape("%e4%bd%a0%20%F0%9F%98%80%C3%A4$1"));
  }

  @Test
  void charactersThatNobodyEscapedStay() {
    assertEquals("\u00e4\u4f60", PartitionNames.unescape("\u00e4%E4%BD%A0"));
    assertEquals("%E4", PartitionNames.unescape("%25E4"));
  }

  @Test
  void bytesOfAnotherEncodingAreReadAsSparkReadsThem() {
    assertEquals("\u00e4x", PartitionNames.unescape("%E4x"));
  }

  @Test
  void theDefaultPartitionStandsForNull() {
    assertTrue(PartitionNames.isNull("__HIVE_DEFAULT_PARTITION__"));
    assertFalse(PartitionNames.isNull("null"));
  }
}

package dev.sigmax.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which Sparks are known. */
class TestedSparksTest {
  @Test
  void testedReleasesAndThoseBetweenAreKnown() {
    for (String version : List.of("4.0.1", "4.1.0", "4.1.1", "4.1.2", "4.1.3", "4.2.0")) {
      assertTrue(TestedSparks.has(version), version);
    }
  }

  @Test
  void laterPatchesNewerMinorsPreviewsAndBuildsOfVendorsAreNot() {
    for (String version :
        List.of("4.0.0", "4.0.2", "4.1.4", "4.2.1", "4.3.0", "5.0.0", "4.2.0-preview1")) {
      assertFalse(TestedSparks.has(version), version);
    }
    for (String version : List.of("4.1.0-vendor-1", "4.1.0.7.3", "odd", "")) {
      assertFalse(TestedSparks.has(version), version);
    }
  }

  @Test
  void aMinorIsKnownByAnyOfItsPatches() {
    assertTrue(TestedSparks.hasMinorOf("4.1.9"));
    assertTrue(TestedSparks.hasMinorOf("4.2.0-vendor"));
    assertFalse(TestedSparks.hasMinorOf("4.10.0"));
    assertFalse(TestedSparks.hasMinorOf("5.0.0"));
  }

  @Test
  void peopleAreToldMinors() {
    assertEquals("4.0, 4.1 and 4.2", TestedSparks.text());
  }

  @Test
  void sparkThreeIsTooOld() {
    assertEquals(
        Optional.of(
            "this is Spark 3.5.1, and Sigmax needs Spark 4 or newer with Scala 2.13; it was tested"
                + " with 4.0, 4.1 and 4.2."),
        TestedSparks.tooOld("3.5.1"));
    assertEquals(Optional.empty(), TestedSparks.tooOld("4.3.0"));
    assertEquals(Optional.empty(), TestedSparks.tooOld("a build of our own"));
  }
}

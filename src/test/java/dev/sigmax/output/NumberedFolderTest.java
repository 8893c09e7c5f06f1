package dev.sigmax.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class NumberedFolderTest {
  @Test
  void numbersAreInAsciiDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      // Else the test would not tell.
      assertEquals("\u0661", String.format("%d", 1));
      assertEquals(new Path("/out/run=00000042"), NumberedFolder.at(new Path("/out"), 42));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aNumberIsReadBack() {
    Path folder = NumberedFolder.at(new Path("/out"), 12_345_678);
    assertEquals(OptionalInt.of(12_345_678), NumberedFolder.number(folder.getName()));
    assertEquals(OptionalInt.empty(), NumberedFolder.number("run=1"));
    assertEquals(OptionalInt.empty(), NumberedFolder.number(".run=00000001"));
  }
}

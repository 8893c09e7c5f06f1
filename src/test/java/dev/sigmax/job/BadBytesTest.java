package dev.sigmax.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigmax.testing.Tally;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged input: an error that names the file, or the right answer. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BadBytesTest extends DamagedInput {
  @Test
  void aFlippedByteOfTheFooterIsRefusedOrChangesNothing() throws IOException {
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("footer bytes flipped")) {
      for (int at = footerStart(); at < whole.length; at += Tally.every(37)) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        tally.count(outcomeOf(damaged, "byte " + at + " of " + whole.length));
      }
    }
  }

  @Test
  void aFlippedByteOfAPageIsRefusedOrChangesNothing() throws IOException {
    Random random = new Random(Tally.seed());
    try (Tally tally = new Tally("page bytes flipped")) {
      for (int i = 0; i < (Tally.everyFault() ? 500 : 25); i++) {
        byte[] damaged = whole.clone();
        int at = 4 + random.nextInt(footerStart() - 4);
        damaged[at] ^= (byte) (1 + random.nextInt(255));
        tally.count(outcomeOf(damaged, "byte " + at));
      }
    }
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    try (Tally tally = new Tally("truncations")) {
      for (int percent = 0; percent < 100; percent += Tally.every(7)) {
        byte[] damaged = Arrays.copyOf(whole, whole.length * percent / 100);
        tally.count(outcomeOf(damaged, percent + " %"));
      }
      assertEquals(tally.tried(), tally.of("refused"));
    }
  }
}

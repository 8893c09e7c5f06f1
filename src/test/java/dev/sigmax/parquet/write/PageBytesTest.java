package dev.sigmax.parquet.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PageBytesTest {
  private static final int HEAD_ROOM = 8;

  private static byte[] all(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }

  @Test
  void levelsStandBeforeTheValuesInOnePiece() {
    PageBytes page = new PageBytes(HEAD_ROOM);
    page.roomFor(4).putInt(0x04030201);
    assertEquals(4, page.size());
    assertArrayEquals(new byte[] {9, 1, 2, 3, 4}, all(page.page(new byte[] {9})));
    assertArrayEquals(new byte[] {1, 2, 3, 4}, all(page.page(new byte[0])));
  }

  @Test
  void levelsThatAreLargerThanTheirRoomAreCopiedTogether() {
    PageBytes page = new PageBytes(2);
    page.roomFor(1).put((byte) 5);
    assertArrayEquals(new byte[] {6, 7, 8, 5}, all(page.page(new byte[] {6, 7, 8})));
    assertEquals(1, page.size());
  }

  @Test
  void whatWasWrittenStaysWhenItGrows() {
    PageBytes page = new PageBytes(HEAD_ROOM);
    for (int i = 0; i < 100_000; i++) {
      page.roomFor(Integer.BYTES).putInt(i);
    }
    assertEquals(400_000, page.size());
    ByteBuffer last = page.last(2 * Integer.BYTES);
    assertEquals(99_998, last.getInt());
    assertEquals(99_999, last.getInt());
    ByteBuffer values = page.page(new byte[0]).order(last.order());
    for (int i = 0; i < 100_000; i++) {
      assertEquals(i, values.getInt());
    }
  }

  @Test
  void aClearedPageBeginsAnew() {
    PageBytes page = new PageBytes(HEAD_ROOM);
    page.roomFor(4).putInt(1);
    page.clear();
    assertEquals(0, page.size());
    page.roomFor(1).put((byte) 2);
    assertArrayEquals(new byte[] {2}, all(page.page(new byte[0])));
  }

  @Test
  void aPageLargerThanAnArrayIsRefused() {
    PageBytes page = new PageBytes(HEAD_ROOM);
    page.roomFor(1).put((byte) 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> page.roomFor(Integer.MAX_VALUE))
            .getMessage();
    assertTrue(message.contains("too large for Parquet"), message);
    assertEquals(1, page.size());
  }
}

package dev.sigmax.arrow;

import static dev.sigmax.testing.ArrowJava.DOUBLE;
import static dev.sigmax.testing.ArrowJava.FLOAT;
import static dev.sigmax.testing.ArrowJava.HALF;
import static dev.sigmax.testing.ArrowJava.INT;
import static dev.sigmax.testing.ArrowJava.TEXT;
import static dev.sigmax.testing.ArrowJava.TEXT_VIEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sigmax.parquet.read.CountedMemory;
import dev.sigmax.testing.ArrowJava;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with a few bytes that lie: read or refused, in little time, and with memory of the size of
 * the file.
 */
class ArrowMutationTest {
  private static final long SEED = 20_261_127;
  private static final int MUTATIONS = 1_500;

  /** A file has a few thousand bytes, and may take this more than before it was changed. */
  private static final long MORE_BYTES = 32 << 20;

  private static final long[] EXTREMES = {
    -1,
    0,
    1,
    2,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 33,
    1 << 20
  };

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static ArrowJava everyKind() {
    return new ArrowJava()
        .column("id", INT)
        .column("yes", new ArrowType.Bool())
        .column("half", HALF)
        .column("double", DOUBLE)
        .column("name", TEXT)
        .column("long_name", new ArrowType.LargeUtf8())
        .column("view", TEXT_VIEW)
        .dictionary("colour", "red", "green", null)
        .dictionary("shade", TEXT_VIEW, "light", "a shade of a name that is too long for a view")
        .lists("lists", new ArrowType.List(), FLOAT)
        .lists("pairs", new ArrowType.FixedSizeList(2), FLOAT)
        .lists("list_views", new ArrowType.ListView(), FLOAT)
        .lists("views", new ArrowType.LargeList(), TEXT_VIEW)
        .batches(5);
  }

  private static List<List<Object>> rows() {
    return IntStream.range(0, 12)
        .<List<Object>>mapToObj(
            i ->
                i == 7
                    ? Arrays.asList(new Object[13])
                    : Arrays.asList(
                        i,
                        i % 2 == 0,
                        i,
                        i / 4.0,
                        "name " + i,
                        "another name " + i,
                        i % 3 == 0 ? "short" : "a text that is too long for a view " + i,
                        i % 3,
                        i % 2,
                        List.of(1f * i, 2f),
                        List.of(0f, 1f),
                        List.of(3f),
                        Arrays.asList("short", null, "a text that is too long for a view " + i)))
        .toList();
  }

  /** Changes a few bytes, or numbers, or where the file ends. */
  private byte[] mutated(byte[] bytes) {
    byte[] changed = bytes.clone();
    ByteBuffer numbers = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length - Long.BYTES);
      long extreme = EXTREMES[random.nextInt(EXTREMES.length)];
      switch (random.nextInt(6)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        case 1 -> changed[at] = (byte) random.nextInt();
        case 2 -> numbers.putInt(at & -Integer.BYTES, (int) extreme);
        case 3 -> numbers.putLong(at & -Long.BYTES, extreme);
        case 4 -> {
          int length = 1 + random.nextInt(Math.min(64, changed.length - at));
          System.arraycopy(bytes, random.nextInt(bytes.length - length), changed, at, length);
        }
        default -> numbers.putInt(at & -Integer.BYTES, numbers.getInt(at & -Integer.BYTES) + 1);
      }
    }
    boolean cut = random.nextInt(20) == 0;
    return cut ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
  }

  private void assertMutationsAreReadOrRefused(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long start = threads.getCurrentThreadAllocatedBytes();
    ArrowRows.read(file);
    // An LZ4 frame says the size of its blocks, which are megabytes for a few bytes already.
    long most = threads.getCurrentThreadAllocatedBytes() - start + MORE_BYTES;
    Path mutant = folder.resolve("mutant.arrow");
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(mutant, mutated(bytes));
      CountedMemory memory = new CountedMemory();
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        ArrowRows.read(mutant, memory);
      } catch (DamagedFile | EOFException told) {
        refused++;
        assertFalse(told.getMessage().isBlank());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("mutation " + i, e);
      }
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken + memory.largest < most, "mutation " + i + " took " + taken);
      assertEquals(0, memory.lent, "mutation " + i);
    }
    assertTrue(refused > MUTATIONS / 10 && refused < MUTATIONS, refused + " refused");
  }

  @ParameterizedTest
  @EnumSource(CodecType.class)
  @Timeout(120)
  void mutationsOfFilesOfEveryKindOfColumnAreReadOrRefused(CodecType codec) throws IOException {
    assertMutationsAreReadOrRefused(
        everyKind().compressed(codec).file(folder.resolve("a.arrow"), rows()));
  }

  @Test
  @Timeout(120)
  void mutationsOfStreamsAreReadOrRefused() throws IOException {
    assertMutationsAreReadOrRefused(everyKind().stream(folder.resolve("a.arrow"), rows()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"polars-views.arrow", "polars-views-zstd.arrow", "polars-views.arrows"})
  @Timeout(120)
  void mutationsOfFilesOfPolarsAreReadOrRefused(String file) throws IOException {
    assertMutationsAreReadOrRefused(Path.of("src/test/resources/golden", file));
  }
}

package dev.sigmax.parquet.read;

import dev.sigmax.parquet.bytes.FileBytes;
import dev.sigmax.parquet.bytes.PageMemory;
import dev.sigmax.parquet.codec.PageCodec;
import dev.sigmax.parquet.vector.ListVector;
import dev.sigmax.parquet.vector.PageVector;
import java.io.IOException;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * Reads a column of lists. A list begins where the repetition level is 0: those are found a word of
 * levels at a time, so that where no list and no element is missing, no element is looked at alone.
 * A list may go on in the next page.
 */
final class ListColumnReader implements ColumnReader {
  private static final int DONE = -1;

  private final ChunkPages pages;
  private final ValueDecoder values;
  private final PageVector elements;
  private final ListVector lists;

  /** The definition level of an element, and the lowest of one or of a null in its place. */
  private final int defined;

  private final int present;

  private final HybridReader levels = new HybridReader();
  private final Bits continued = new Bits();
  private int[] definition = new int[0];
  private boolean allDefined;
  private int next;
  private int count;

  private int rows;
  private int total;

  /**
   * Reads lists.
   *
   * @param vector the lists
   * @param elements what their elements are read into
   * @param optionalElements whether an element may be null
   */
  ListColumnReader(
      FileBytes file,
      ColumnDescriptor column,
      ListVector vector,
      PageVector elements,
      boolean optionalElements,
      PageMemory memory,
      boolean checked) {
    this.lists = vector;
    this.elements = elements;
    this.values = new ValueDecoder(elements);
    this.pages = new ChunkPages(file, column, memory, checked, values::dictionary);
    this.defined = column.getMaxDefinitionLevel();
    this.present = optionalElements ? defined - 1 : defined;
  }

  @Override
  public ColumnVector vector() {
    return lists;
  }

  @Override
  public void start(ColumnChunkMetaData chunk, PageCodec codec) {
    pages.start(chunk, codec);
    values.startChunk();
    next = 0;
    count = 0;
  }

  @Override
  public void read(int wanted) throws IOException {
    lists.clear();
    lists.reserve(wanted);
    elements.clear();
    rows = 0;
    total = 0;
    // The last list ends where another begins, or with the chunk.
    while (next != count || nextPage()) {
      if (rows == 0 && continued.get(next)) {
        throw new ParquetDecodingException("a page goes on with a list that has not begun");
      }
      boolean ended = allDefined ? takeDefined(wanted) : takeMixed(wanted);
      if (ended) {
        break;
      }
    }
    if (rows < wanted) {
      throw new ParquetDecodingException(
          "a column chunk ends " + (wanted - rows) + " or more rows early");
    }
    lists.starts()[rows] = total;
  }

  /** Makes the next page with levels the current one; false at the end of the chunk. */
  private boolean nextPage() throws IOException {
    Optional<DataPage> page = pages.next();
    while (page.isPresent() && page.get().count() == 0) {
      page = pages.next();
    }
    if (page.isEmpty()) {
      return false;
    }
    next = 0;
    count = page.get().count();
    levels.start(page.get().repetition(), 1);
    continued.clear();
    levels.read(continued, count);
    levels.start(page.get().definition(), Integer.SIZE - Integer.numberOfLeadingZeros(defined));
    allDefined = levels.skipRun(defined, count);
    if (!allDefined) {
      definition = definition.length < count ? new int[count] : definition;
      levels.read(definition, 0, count);
      allDefined = allAreDefined();
    }
    values.start(page.get());
    return true;
  }

  private boolean allAreDefined() {
    int least = defined;
    int most = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, definition[i]);
      most = Math.max(most, definition[i]);
    }
    if (most > defined) {
      throw new ParquetDecodingException("a definition level of " + most);
    }
    return least == defined;
  }

  /** Takes the rest of the page, as far as wanted; whether it goes on with another list. */
  private boolean takeDefined(int wanted) {
    int[] starts = lists.starts();
    int from = next;
    int stop = DONE;
    for (int word = from; word < count && stop == DONE; word += Long.SIZE) {
      long begins = ~continued.word(word) & (-1L >>> -Math.min(Long.SIZE, count - word));
      for (; begins != 0; begins &= begins - 1) {
        int at = word + Long.numberOfTrailingZeros(begins);
        if (rows == wanted) {
          stop = at;
          break;
        }
        starts[rows++] = total + (at - from);
      }
    }
    int taken = (stop == DONE ? count : stop) - from;
    elements.reserve(Math.addExact(total, taken));
    values.read(total, taken);
    total += taken;
    next = from + taken;
    return stop != DONE;
  }

  /** The same where lists or elements may be null, or lists empty. */
  private boolean takeMixed(int wanted) {
    elements.reserve(Math.addExact(total, count - next));
    int[] starts = lists.starts();
    int from = total;
    int there = 0;
    boolean ended = false;
    for (; next < count; next++) {
      if (!continued.get(next)) {
        if (rows == wanted) {
          ended = true;
          break;
        }
        starts[rows++] = total;
      }
      int level = definition[next];
      if (level == defined) {
        total++;
        there++;
      } else if (level >= present) {
        elements.setNull(total++);
      } else if (continued.get(next)) {
        throw new ParquetDecodingException("a list without elements goes on");
      } else if (level < present - 1) {
        lists.setNull(rows - 1);
      }
    }
    values.read(from, there);
    if (there < total - from) {
      elements.spread(from, total - from, there);
    }
    return ended;
  }

  @Override
  public void end() throws IOException {
    if (next != count || nextPage()) {
      throw new ParquetDecodingException(
          "a column chunk has " + (count - next) + " or more values too many");
    }
  }

  @Override
  public void close() {
    pages.close();
  }
}

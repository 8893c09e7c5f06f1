package dev.sigmax.parquet.footer;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The footers of files that are read part by part. A file of many row groups has many parts, and
 * each would parse all of its footer; so those of the last few files are kept while there is
 * memory. A file is the same one as long as its path, length and time are.
 *
 * <p>Thread-safe.
 */
public final class SharedFooters {
  private static final int MOST_FILES = 16;

  private static final Map<Version, Slot> SLOTS =
      new LinkedHashMap<>(MOST_FILES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, Slot> eldest) {
          return size() > MOST_FILES;
        }
      };

  private record Version(String path, long bytes, long modified) {}

  /** Row groups, and the middle of each, by which it belongs to a part. */
  @SuppressWarnings("ArrayRecordComponent")
  private record RowGroups(ParquetMetadata metadata, long[] middles) {
    static RowGroups of(ParsedFooter footer) {
      return new RowGroups(
          footer.metadata(),
          footer.told().getRow_groups().stream().mapToLong(ParsedFooter::middleOf).toArray());
    }

    ParquetMetadata within(long start, long end) {
      List<BlockMetaData> blocks = new ArrayList<>();
      for (int i = 0; i < middles.length; i++) {
        if (middles[i] >= start && middles[i] < end) {
          blocks.add(metadata.getBlocks().get(i));
        }
      }
      return new ParquetMetadata(metadata.getFileMetaData(), blocks);
    }
  }

  /** What is known of a file. Its parts wait here for the one that parses. */
  private static final class Slot {
    private SoftReference<RowGroups> known = new SoftReference<>(null);

    synchronized Optional<RowGroups> get(HadoopInputFile file, ParquetReadOptions options)
        throws IOException {
      RowGroups found = known.get();
      if (found == null) {
        Optional<RowGroups> read = ParsedFooter.read(file, options).map(RowGroups::of);
        known = new SoftReference<>(read.orElse(null));
        return read;
      }
      return Optional.of(found);
    }
  }

  private SharedFooters() {}

  /**
   * The footer of a file with the row groups of a part of it: those whose middles are there.
   *
   * @param modified the file's time, as it was listed
   * @throws IOException if it cannot be read
   */
  public static ParquetMetadata read(
      HadoopInputFile file, long modified, ParquetReadOptions options, long start, long end)
      throws IOException {
    Slot slot;
    synchronized (SLOTS) {
      slot =
          SLOTS.computeIfAbsent(
              new Version(file.getPath().toString(), file.getLength(), modified),
              version -> new Slot());
    }
    Optional<RowGroups> found = slot.get(file, options);
    if (found.isPresent()) {
      return found.get().within(start, end);
    }
    try (SeekableInputStream in = file.newStream()) {
      return ParquetFileReader.readFooter(file, options, in);
    }
  }
}

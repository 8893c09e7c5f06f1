package dev.sigmax.spark;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * Which parts of files one task may read: those of the same group. Spark by itself packs into a
 * task whatever fits.
 *
 * @param byFile the sections of each file with rows, in their order; none where any task may read
 *     any part
 */
public record FileSections(Map<Path, List<Section>> byFile) {
  /** Any task may read any part. */
  public static final FileSections NONE = new FileSections(Map.of());

  private static final int WITHOUT_ROWS = -1;

  /**
   * A part of a file, up to the next one or to the file's end.
   *
   * @param start the first byte of it; a row group is in the part that has its middle
   * @param group what its rows have in common, as a number from 0 on
   */
  public record Section(long start, int group) {}

  /** Whether any task may read any part. */
  public boolean isNone() {
    return byFile.isEmpty();
  }

  /** The sections of a file, the first of which begins at 0. */
  public List<Section> of(Path file) {
    return byFile.getOrDefault(file, List.of(new Section(0, WITHOUT_ROWS)));
  }
}

package dev.sigmax.table.delta;

import dev.sigmax.output.Manifest;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;

/**
 * What a table is told of a file beside its place: rows, nulls, and the ranges of whole numbers,
 * dates, floats and short strings. All of it stands in the file's footer.
 */
final class FileStatistics {
  /** Longer strings would make the log long; a range is no promise that there is one. */
  private static final int LONGEST = 32;

  private final StructType columns;
  private final List<Column> wanted;

  /** For the files of a table of these columns, some of which it wants to know about. */
  FileStatistics(StructType columns, List<Column> wanted) {
    this.columns = columns;
    this.wanted = wanted;
  }

  /** The file of a part, as it is there. */
  DataFileStatus of(String location, Manifest.PartFile part, Configuration configuration)
      throws IOException {
    Path path = new Path(location);
    FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
    List<BlockMetaData> rowGroups;
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(status, configuration))) {
      rowGroups = reader.getRowGroups();
    }
    long rows = rowGroups.stream().mapToLong(BlockMetaData::getRowCount).sum();
    if (rows != part.rows() || status.getLen() != part.bytes()) {
      throw new IllegalStateException(
          location
              + " has "
              + rows
              + " rows and "
              + status.getLen()
              + " bytes, and "
              + part.rows()
              + " and "
              + part.bytes()
              + " were counted");
    }
    return new DataFileStatus(
        location,
        status.getLen(),
        status.getModificationTime(),
        Optional.of(statistics(rows, rowGroups)));
  }

  private DataFileStatistics statistics(long rows, List<BlockMetaData> rowGroups) {
    Map<Column, Literal> least = new HashMap<>();
    Map<Column, Literal> most = new HashMap<>();
    Map<Column, Long> nulls = new HashMap<>();
    for (Column column : wanted) {
      List<ColumnChunkMetaData> chunks = chunks(column, rowGroups);
      if (chunks.isEmpty() || !chunks.stream().allMatch(FileStatistics::countsNulls)) {
        continue;
      }
      nulls.put(
          column, chunks.stream().mapToLong(chunk -> chunk.getStatistics().getNumNulls()).sum());
      range(columns.get(column.getNames()[0]).getDataType(), chunks)
          .ifPresent(
              range -> {
                least.put(column, range.least());
                most.put(column, range.most());
              });
    }
    return new DataFileStatistics(rows, least, most, nulls, Optional.empty());
  }

  /** Those of a column that is no part of another. */
  private static List<ColumnChunkMetaData> chunks(Column column, List<BlockMetaData> rowGroups) {
    List<ColumnChunkMetaData> chunks = new ArrayList<>();
    for (BlockMetaData rowGroup : rowGroups) {
      for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
        if (column.getNames().length == 1
            && chunk.getPath().size() == 1
            && chunk.getPath().toArray()[0].equals(column.getNames()[0])) {
          chunks.add(chunk);
        }
      }
    }
    return chunks;
  }

  private static boolean countsNulls(ColumnChunkMetaData chunk) {
    return chunk.getStatistics() != null && chunk.getStatistics().isNumNullsSet();
  }

  private record Range(Literal least, Literal most) {}

  /** Of all values; empty where one of the chunks does not say, as where it has a NaN. */
  private static Optional<Range> range(DataType type, List<ColumnChunkMetaData> chunks) {
    Statistics<?> all = null;
    for (ColumnChunkMetaData chunk : chunks) {
      Statistics<?> one = chunk.getStatistics();
      if (one.getNumNulls() == chunk.getValueCount()) {
        continue;
      }
      if (!one.hasNonNullValue()) {
        return Optional.empty();
      }
      if (all == null) {
        all = one.copy();
      } else {
        all.mergeStatistics(one);
      }
    }
    if (all == null) {
      return Optional.empty();
    }
    Optional<Literal> least = literal(type, all.genericGetMin());
    Optional<Literal> most = literal(type, all.genericGetMax());
    return least.isEmpty() || most.isEmpty()
        ? Optional.empty()
        : Optional.of(new Range(least.get(), most.get()));
  }

  private static Optional<Literal> literal(DataType type, Object value) {
    if (type instanceof IntegerType && value instanceof Integer number) {
      return Optional.of(Literal.ofInt(number));
    }
    if (type instanceof DateType && value instanceof Integer days) {
      return Optional.of(Literal.ofDate(days));
    }
    if (type instanceof LongType && value instanceof Long number) {
      return Optional.of(Literal.ofLong(number));
    }
    if (type instanceof FloatType && value instanceof Float number && Float.isFinite(number)) {
      return Optional.of(Literal.ofFloat(number));
    }
    if (type instanceof DoubleType && value instanceof Double number && Double.isFinite(number)) {
      return Optional.of(Literal.ofDouble(number));
    }
    if (type instanceof StringType && value instanceof Binary text && text.length() <= LONGEST) {
      return Optional.of(Literal.ofString(text.toStringUsingUTF8()));
    }
    return Optional.empty();
  }
}

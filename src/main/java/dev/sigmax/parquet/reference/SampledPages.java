package dev.sigmax.parquet.reference;

import dev.sigmax.spark.FieldIds;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.filter2.columnindex.RowRanges;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Samples a Parquet file. Pages beyond the wanted rows are not read where the file has an offset
 * index. Page checksums are verified.
 */
public final class SampledPages implements SampledValues {

  private final ParquetFileReader reader;
  private final MessageType schema;

  /** Empty for a column that the file does not have. */
  private final List<Optional<ColumnDescriptor>> leaves;

  private final List<ColumnDescriptor> stored;
  private final ToDoubleFunction<String> texts;
  private final long[] nulls;
  private final int[] filled;

  private SampledPages(
      ParquetFileReader reader,
      List<List<String>> columns,
      ToDoubleFunction<String> texts,
      FieldIds ids) {
    this.reader = reader;
    this.texts = texts;
    this.schema = reader.getFileMetaData().getSchema();
    this.leaves = leaves(schema, columns, ids);
    this.stored = leaves.stream().flatMap(Optional::stream).toList();
    this.nulls = new long[leaves.size()];
    List<BlockMetaData> blocks = reader.getRowGroups();
    this.filled =
        IntStream.range(0, blocks.size()).filter(i -> blocks.get(i).getRowCount() > 0).toArray();
    // Once: the reader keeps the offset indexes of the columns that are requested first.
    reader.setRequestedSchema(Projection.of(schema, stored));
  }

  /**
   * Opens a file and reads its footer.
   *
   * @param columns the ways to columns of numbers, of arrays of numbers, of booleans (false is 0,
   *     true 1) or of texts, from the top level on
   * @param texts what number a text stands for
   * @param ids by which the file has them, and then may lack some, which are null; none where it is
   *     by name
   */
  public static SampledPages open(
      String path,
      List<List<String>> columns,
      ToDoubleFunction<String> texts,
      FieldIds ids,
      Configuration configuration)
      throws IOException {
    HadoopInputFile file = HadoopInputFile.fromPath(new Path(path), configuration);
    ParquetFileReader reader =
        ParquetFileReader.open(
            file,
            HadoopReadOptions.builder(configuration).usePageChecksumVerification(true).build());
    try {
      return new SampledPages(reader, columns, texts, ids);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Those with rows: writers leave empty ones behind, which parquet-java does not read. */
  @Override
  public int rowGroups() {
    return filled.length;
  }

  @Override
  public long bytes(int rowGroup) {
    return chunks(reader.getRowGroups().get(filled[rowGroup])).stream()
        .mapToLong(ColumnChunkMetaData::getTotalSize)
        .sum();
  }

  @Override
  public List<List<double[]>> read(int rowGroup, int rows) throws IOException {
    int index = filled[rowGroup];
    BlockMetaData block = reader.getRowGroups().get(index);
    int wanted = (int) Math.min(rows, block.getRowCount());
    boolean indexed =
        chunks(block).stream().allMatch(chunk -> chunk.getOffsetIndexReference() != null);
    try (PageReadStore pages =
        new FilledPages(
            indexed && wanted < block.getRowCount()
                ? reader.readFilteredRowGroup(index, RowRanges.createSingle(wanted))
                : reader.readRowGroup(index))) {
      ColumnReadStoreImpl columns =
          new ColumnReadStoreImpl(
              pages,
              new GroupRecordConverter(schema).getRootConverter(),
              schema,
              reader.getFileMetaData().getCreatedBy());
      List<List<double[]>> read = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        Optional<ColumnDescriptor> leaf = leaves.get(i);
        if (leaf.isEmpty()) {
          read.add(missing(i, wanted));
          continue;
        }
        long values = pages.getPageReader(leaf.get()).getTotalValueCount();
        read.add(rows(columns.getColumnReader(leaf.get()), leaf.get(), values, i, wanted));
      }
      return read;
    }
  }

  @Override
  public long nulls(int columns) {
    return Arrays.stream(nulls, 0, columns).sum();
  }

  /** The rows of a column that the file does not have, be it of scalars or of arrays. */
  private List<double[]> missing(int column, int wanted) {
    nulls[column] += wanted;
    return Collections.nCopies(wanted, null);
  }

  private List<double[]> rows(
      ColumnReader values, ColumnDescriptor leaf, long count, int column, int wanted) {
    List<double[]> rows = new ArrayList<>();
    double[] row = new double[1];
    int total = 0;
    for (long left = count; left > 0 && rows.size() < wanted && total < MOST_VALUES; ) {
      int length = 0;
      boolean isNull = false;
      do {
        int level = values.getCurrentDefinitionLevel();
        if (level < elementLevel(leaf)) {
          isNull = level < elementLevel(leaf) - 1;
        } else {
          row = length == row.length ? Arrays.copyOf(row, 2 * length) : row;
          boolean there = level == leaf.getMaxDefinitionLevel();
          row[length++] = there ? value(values, leaf.getPrimitiveType()) : Double.NaN;
          nulls[column] += there ? 0 : 1;
        }
        values.consume();
        left--;
      } while (left > 0 && values.getCurrentRepetitionLevel() > 0);
      rows.add(isNull ? null : Arrays.copyOf(row, length));
      total += length;
    }
    return rows;
  }

  /** The definition level from which on there is an element, be it null; 0 for a scalar. */
  private int elementLevel(ColumnDescriptor leaf) {
    String[] path = leaf.getPath();
    for (int i = path.length; i > 0; i--) {
      String[] upTo = Arrays.copyOf(path, i);
      if (schema.getType(upTo).isRepetition(Type.Repetition.REPEATED)) {
        return schema.getMaxDefinitionLevel(upTo);
      }
    }
    return 0;
  }

  /** The first leaf of every way, be it to the leaf or to a group above it. */
  private static Map<List<String>, ColumnDescriptor> leavesByWay(MessageType schema) {
    Map<List<String>, ColumnDescriptor> byWay = new HashMap<>();
    for (ColumnDescriptor leaf : schema.getColumns()) {
      List<String> path = List.of(leaf.getPath());
      for (int i = 1; i <= path.size(); i++) {
        byWay.putIfAbsent(path.subList(0, i), leaf);
      }
    }
    return byWay;
  }

  private static List<Optional<ColumnDescriptor>> leaves(
      MessageType schema, List<List<String>> columns, FieldIds ids) {
    Map<List<String>, ColumnDescriptor> byWay = leavesByWay(schema);
    List<Optional<List<String>>> ways = ids.stored(columns, schema);
    List<Optional<ColumnDescriptor>> leaves = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Optional<ColumnDescriptor> leaf = ways.get(i).map(byWay::get);
      // Only a table's older files may lack a column.
      if (leaf.isEmpty() && (ways.get(i).isPresent() || ids.isNone())) {
        throw new IllegalArgumentException("no column " + columns.get(i) + " in " + schema);
      }
      leaves.add(leaf);
    }
    return leaves;
  }

  private List<ColumnChunkMetaData> chunks(BlockMetaData block) {
    Set<ColumnPath> paths =
        stored.stream().map(leaf -> ColumnPath.get(leaf.getPath())).collect(Collectors.toSet());
    return block.getColumns().stream().filter(chunk -> paths.contains(chunk.getPath())).toList();
  }

  private double value(ColumnReader values, PrimitiveType type) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    if (annotation instanceof StringLogicalTypeAnnotation) {
      return texts.applyAsDouble(values.getBinary().toStringUsingUTF8());
    }
    int scale = annotation instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : 0;
    boolean unsigned = annotation instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> values.getFloat();
      case DOUBLE -> values.getDouble();
      case INT32 ->
          scaled(
              unsigned ? Integer.toUnsignedLong(values.getInteger()) : values.getInteger(), scale);
      case INT64 ->
          unsigned
              ? new BigDecimal(Long.toUnsignedString(values.getLong())).doubleValue()
              : scaled(values.getLong(), scale);
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          new BigDecimal(new BigInteger(values.getBinary().getBytes()), scale).doubleValue();
      case BOOLEAN -> values.getBoolean() ? 1 : 0;
      case INT96 -> throw new IllegalArgumentException(type + " is no number");
    };
  }

  private static double scaled(long unscaled, int scale) {
    return scale == 0 ? unscaled : BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}

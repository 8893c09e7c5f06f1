package dev.sigmax.parquet.read;

import dev.sigmax.parquet.codec.PageCodec;
import dev.sigmax.parquet.vector.ListVector;
import dev.sigmax.parquet.vector.PageVector;
import dev.sigmax.parquet.vector.ValueVectors;
import dev.sigmax.spark.FieldIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData.EncryptionType;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a file that are asked for: where each stands in it, and what it is read into. Made
 * only where this package reads all of them.
 */
public final class FileColumns {
  private static final String DEFAULT = "EXISTS_DEFAULT";

  /** How one column is read. */
  sealed interface Source {
    /** Where it stands in the file; empty where it does not. */
    default Optional<ColumnDescriptor> stored() {
      return Optional.empty();
    }

    /** The file does not have it: all null. */
    record Missing(StructField field) implements Source {}

    /** A value, or null, for each row. */
    record Flat(ColumnDescriptor column, PageVector vector) implements Source {
      @Override
      public Optional<ColumnDescriptor> stored() {
        return Optional.of(column);
      }
    }

    /** A list for each row. */
    record Lists(
        ColumnDescriptor column, ListVector vector, PageVector elements, boolean optionalElements)
        implements Source {
      @Override
      public Optional<ColumnDescriptor> stored() {
        return Optional.of(column);
      }
    }
  }

  /** A row group's chunks. */
  record RowGroup(long firstRow, long rows, Map<ColumnPath, ColumnChunkMetaData> chunks) {
    static RowGroup of(BlockMetaData block) {
      Map<ColumnPath, ColumnChunkMetaData> chunks = new HashMap<>();
      block.getColumns().forEach(chunk -> chunks.putIfAbsent(chunk.getPath(), chunk));
      return new RowGroup(block.getRowIndexOffset(), block.getRowCount(), chunks);
    }

    Optional<ColumnChunkMetaData> chunk(ColumnDescriptor column) {
      return Optional.ofNullable(chunks.get(ColumnPath.get(column.getPath())));
    }
  }

  private final List<Source> sources;
  private final List<RowGroup> rowGroups;

  private FileColumns(List<Source> sources, List<RowGroup> rowGroups) {
    this.sources = sources;
    this.rowGroups = rowGroups;
  }

  List<Source> sources() {
    return sources;
  }

  List<RowGroup> rowGroups() {
    return rowGroups;
  }

  /**
   * Finds columns in a file.
   *
   * @param footer with the row groups to read
   * @param ids by which the file has them; none where it is by name
   * @param corrected whether dates and timestamps stand in the file as they are, and need not be
   *     rebased
   * @throws UnsupportedFile if one of them is not read here, with the reason
   */
  public static FileColumns find(
      ParquetMetadata footer,
      StructType asked,
      FieldIds ids,
      boolean caseSensitive,
      boolean corrected)
      throws UnsupportedFile {
    FileMetaData file = footer.getFileMetaData();
    if (file.getEncryptionType() != EncryptionType.UNENCRYPTED) {
      throw new UnsupportedFile("it is encrypted");
    }
    List<RowGroup> rowGroups = footer.getBlocks().stream().map(RowGroup::of).toList();
    Names names = Names.of(file.getSchema(), ids, caseSensitive);
    List<Source> sources = new ArrayList<>();
    for (StructField field : asked.fields()) {
      sources.add(find(file, rowGroups, names, field, corrected));
    }
    return new FileColumns(sources, rowGroups);
  }

  /**
   * Why columns are left to Spark's reader, by name; of those that are read here nothing. Dates and
   * timestamps are taken for such as need not be rebased.
   */
  public static Map<String, String> obstacles(ParquetMetadata footer, StructType columns) {
    Map<String, String> obstacles = new HashMap<>();
    FileMetaData file = footer.getFileMetaData();
    List<RowGroup> rowGroups = footer.getBlocks().stream().map(RowGroup::of).toList();
    Names names = Names.of(file.getSchema(), FieldIds.NONE, true);
    for (StructField field : columns.fields()) {
      try {
        find(file, rowGroups, names, field, true);
      } catch (UnsupportedFile e) {
        obstacles.put(field.name(), e.getMessage());
      }
    }
    return obstacles;
  }

  private static Source find(
      FileMetaData file,
      List<RowGroup> rowGroups,
      Names names,
      StructField field,
      boolean corrected)
      throws UnsupportedFile {
    Source source = source(file.getSchema(), names, field, corrected);
    Optional<ColumnDescriptor> column = source.stored();
    for (int i = 0; column.isPresent() && i < rowGroups.size(); i++) {
      requireChunk(rowGroups.get(i).chunk(column.get()), column.get(), file.getCreatedBy());
    }
    return source;
  }

  private static Source source(
      MessageType schema, Names names, StructField field, boolean corrected)
      throws UnsupportedFile {
    Optional<Type> found = names.find(field.name());
    if (found.isEmpty()) {
      if (field.metadata().contains(DEFAULT)) {
        throw new UnsupportedFile("the column " + field.name() + " has a default");
      }
      return new Source.Missing(field);
    }
    Type stored = found.get();
    if (stored.isPrimitive() && !stored.isRepetition(Repetition.REPEATED)) {
      Optional<PageVector> vector =
          ValueVectors.of(stored.asPrimitiveType(), field.dataType(), corrected);
      if (vector.isPresent()) {
        return new Source.Flat(
            schema.getColumnDescription(new String[] {stored.getName()}), vector.get());
      }
    } else if (!stored.isPrimitive() && field.dataType() instanceof ArrayType array) {
      Optional<Source> lists = lists(schema, stored.asGroupType(), array, corrected);
      if (lists.isPresent()) {
        return lists.get();
      }
    }
    throw new UnsupportedFile(
        "the column "
            + field.name()
            + " is "
            + stored.toString().replaceAll("\\s+", " ")
            + ", read as "
            + field.dataType().catalogString());
  }

  private static Optional<Source> lists(
      MessageType schema, GroupType group, ArrayType array, boolean corrected) {
    if (!(group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || group.isRepetition(Repetition.REPEATED)
        || group.getFieldCount() != 1
        || !group.getType(0).isRepetition(Repetition.REPEATED)) {
      return Optional.empty();
    }
    Type repeated = group.getType(0);
    List<String> path = new ArrayList<>(List.of(group.getName(), repeated.getName()));
    PrimitiveType element;
    if (repeated.isPrimitive()) {
      element = repeated.asPrimitiveType();
    } else {
      GroupType entry = repeated.asGroupType();
      // By these names old writers say that the group is the element.
      if (entry.getFieldCount() != 1
          || !entry.getType(0).isPrimitive()
          || entry.getType(0).isRepetition(Repetition.REPEATED)
          || entry.getName().equals("array")
          || entry.getName().equals(group.getName() + "_tuple")) {
        return Optional.empty();
      }
      element = entry.getType(0).asPrimitiveType();
      path.add(element.getName());
    }
    boolean optional = element.isRepetition(Repetition.OPTIONAL);
    ColumnDescriptor column = schema.getColumnDescription(path.toArray(new String[0]));
    return ValueVectors.of(element, array.elementType(), corrected)
        .map(
            elements ->
                new Source.Lists(column, new ListVector(array, elements), elements, optional));
  }

  private static void requireChunk(
      Optional<ColumnChunkMetaData> found, ColumnDescriptor column, String createdBy)
      throws UnsupportedFile {
    String name = column.getPath()[0];
    ColumnChunkMetaData chunk =
        found.orElseThrow(() -> new UnsupportedFile("a row group lacks the column " + name));
    if (chunk.isEncrypted()) {
      throw new UnsupportedFile("the column " + name + " is encrypted");
    }
    if (chunk.getPrimitiveType().getPrimitiveTypeName()
        != column.getPrimitiveType().getPrimitiveTypeName()) {
      throw new UnsupportedFile("a row group holds " + name + " in another type");
    }
    if (!PageCodec.serves(chunk.getCodec())) {
      throw new UnsupportedFile(
          "the column " + name + " is compressed by " + chunk.getCodec().name());
    }
    if (PackedLevels.mayBeIn(chunk, column, createdBy)) {
      throw new UnsupportedFile(
          "levels of the column " + name + " may be in " + PackedLevels.ENCODING);
    }
    if (chunk.getEncodings().contains(Encoding.DELTA_BYTE_ARRAY)
        && CorruptDeltaByteArrays.requiresSequentialReads(createdBy, Encoding.DELTA_BYTE_ARRAY)) {
      throw new UnsupportedFile("pages of the column " + name + " need the ones before them");
    }
  }

  /**
   * The fields of a schema by what columns are known by: ids, or names, all in small letters where
   * case does not matter.
   */
  private record Names(Map<String, List<Type>> byName, boolean caseSensitive) {
    static Names of(MessageType schema, FieldIds ids, boolean caseSensitive) {
      if (!ids.isNone()) {
        Names identified = new Names(new HashMap<>(), true);
        ids.fields(schema)
            .forEach((column, field) -> identified.byName.put(column, List.of(field)));
        return identified;
      }
      Names names = new Names(new HashMap<>(), caseSensitive);
      for (Type field : schema.getFields()) {
        names.byName.computeIfAbsent(names.key(field.getName()), n -> new ArrayList<>()).add(field);
      }
      return names;
    }

    private String key(String name) {
      return caseSensitive ? name : name.toLowerCase(Locale.ROOT);
    }

    Optional<Type> find(String name) throws UnsupportedFile {
      List<Type> found = byName.getOrDefault(key(name), List.of());
      if (found.size() > 1) {
        throw new UnsupportedFile("the column " + name + " is there " + found.size() + " times");
      }
      return found.stream().findFirst();
    }
  }
}

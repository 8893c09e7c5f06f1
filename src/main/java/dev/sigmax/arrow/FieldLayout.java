package dev.sigmax.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Where the nodes and buffers of each column stand in the header of a record batch: a column's own
 * first, then those of its children.
 */
final class FieldLayout {
  /** The first node and the first buffer of something. */
  record Place(int node, int buffer) {}

  /** What is null, and the views; what they point into comes behind. */
  private static final int FIXED_BUFFERS_OF_VIEW = 2;

  private final List<Field> fields;
  private final List<Place> places = new ArrayList<>();
  private int nodes;
  private int buffers;

  /** Views that come before each column; each has buffers besides, as many as a batch says. */
  private final List<Integer> viewsBefore = new ArrayList<>();

  private int views;

  /** The first column with a union in it, whose buffers have differed over the years. */
  private int firstUnion = Integer.MAX_VALUE;

  FieldLayout(Schema schema) {
    this.fields = schema.getFields();
    for (int i = 0; i < fields.size(); i++) {
      places.add(new Place(nodes, buffers));
      viewsBefore.add(views);
      add(fields.get(i), i);
    }
  }

  private void add(Field field, int column) {
    nodes++;
    if (field.getDictionary() != null) {
      buffers += TypeLayout.getTypeBufferCount(field.getDictionary().getIndexType());
      return;
    }
    ArrowType type = ArrowTypes.stored(field);
    if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      views++;
      buffers += FIXED_BUFFERS_OF_VIEW;
    } else {
      buffers += TypeLayout.getTypeBufferCount(type);
    }
    firstUnion = type instanceof ArrowType.Union ? Math.min(firstUnion, column) : firstUnion;
    field.getChildren().forEach(child -> add(child, column));
  }

  /** Whether it can be told where a column stands. */
  boolean has(int column) {
    return column < firstUnion;
  }

  /** Where a column stands in a record batch. */
  Place of(int column, RecordBatch batch) {
    Place place = places.get(column);
    return new Place(place.node(), place.buffer() + variadic(batch, viewsBefore.get(column)));
  }

  private static int variadic(RecordBatch batch, int views) {
    long count = 0;
    for (int i = 0; i < views; i++) {
      count += batch.variadicBufferCounts(i);
    }
    return Math.toIntExact(count);
  }

  /** Holds the header of a record batch against the schema. */
  void requireFits(RecordBatch batch) {
    boolean told = firstUnion == Integer.MAX_VALUE;
    if (batch.nodesLength() != nodes
        || (told && batch.buffersLength() != buffers + variadic(batch, views))) {
      throw new DamagedFile(
          "a record batch has "
              + batch.nodesLength()
              + " columns and "
              + batch.buffersLength()
              + " buffers, and its schema "
              + nodes
              + " and "
              + buffers);
    }
    for (int i = 0; i < fields.size(); i++) {
      long length = batch.nodes(places.get(i).node()).length();
      if (length != batch.length()) {
        throw new DamagedFile(
            "a record batch of "
                + batch.length()
                + " rows holds "
                + length
                + " values of the column "
                + fields.get(i).getName());
      }
    }
  }

  void addNulls(RecordBatch batch, long[] nulls) {
    for (int i = 0; i < nulls.length; i++) {
      nulls[i] += batch.nodes(places.get(i).node()).nullCount();
    }
  }
}

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
  /** The first node of something, its first buffer, and how many columns of views come before. */
  record Place(int node, int buffer, int view) {}

  /** What is null, and the views; what they point into comes behind. */
  private static final int FIXED_BUFFERS_OF_VIEW = 2;

  private final List<Field> fields;
  private final List<Place> places = new ArrayList<>();
  private int nodes;
  private int buffers;

  /** Columns of views; each has buffers besides, as many as a batch says. */
  private int views;

  /** The first column with a union in it, whose buffers have differed over the years. */
  private int firstUnion = Integer.MAX_VALUE;

  FieldLayout(Schema schema) {
    this.fields = schema.getFields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).getName() == null) {
        throw new DamagedFile("the column " + i + " has no name");
      }
      places.add(new Place(nodes, buffers, views));
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
    if (ArrowTypes.isList(type) && field.getChildren().size() != 1) {
      throw new DamagedFile(
          "the column "
              + fields.get(column).getName()
              + " has lists of "
              + field.getChildren().size()
              + " columns");
    }
    if (ArrowTypes.isViews(type)) {
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
    return new Place(
        place.node(), place.buffer() + viewedBefore(batch, place.view()), place.view());
  }

  private static int viewedBefore(RecordBatch batch, int views) {
    int count = 0;
    for (int i = 0; i < views; i++) {
      count = Math.addExact(count, viewedBuffers(batch, i));
    }
    return count;
  }

  /** How many buffers a column of views points into, by its place among these columns. */
  static int viewedBuffers(RecordBatch batch, int view) {
    if (view >= batch.variadicBufferCountsLength()) {
      throw new DamagedFile(
          "a record batch tells the buffers of "
              + batch.variadicBufferCountsLength()
              + " columns of views, and has more");
    }
    long count = batch.variadicBufferCounts(view);
    if (count < 0 || count > batch.buffersLength()) {
      throw new DamagedFile(
          "views into "
              + count
              + " of the "
              + batch.buffersLength()
              + " buffers of a record batch");
    }
    return (int) count;
  }

  /** Holds the header of a record batch against the schema. */
  void requireFits(RecordBatch batch) {
    boolean told = firstUnion == Integer.MAX_VALUE;
    if (batch.nodesLength() != nodes
        || (told && batch.buffersLength() != buffers + viewedBefore(batch, views))) {
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

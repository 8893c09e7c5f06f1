package dev.sigmax.parquet.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A schema with some of its leaves. From Parquet 1.16 on parquet-java takes the leaves themselves;
 * Spark 4.0 brings 1.15.
 */
final class Projection {
  private final Set<ColumnPath> leaves;

  private Projection(Set<ColumnPath> leaves) {
    this.leaves = leaves;
  }

  /** The schema with these leaves alone and the groups above them, whose levels stay. */
  static MessageType of(MessageType schema, List<ColumnDescriptor> leaves) {
    Set<ColumnPath> paths =
        leaves.stream().map(leaf -> ColumnPath.get(leaf.getPath())).collect(Collectors.toSet());
    return new MessageType(schema.getName(), new Projection(paths).fields(schema, List.of()));
  }

  private List<Type> fields(GroupType group, List<String> path) {
    List<Type> kept = new ArrayList<>();
    for (Type field : group.getFields()) {
      List<String> way = new ArrayList<>(path);
      way.add(field.getName());
      kept(field, way).ifPresent(kept::add);
    }
    return kept;
  }

  private Optional<Type> kept(Type field, List<String> path) {
    if (field.isPrimitive()) {
      return leaves.contains(ColumnPath.get(path.toArray(new String[0])))
          ? Optional.of(field)
          : Optional.empty();
    }
    GroupType group = field.asGroupType();
    List<Type> kept = fields(group, path);
    return kept.isEmpty() ? Optional.empty() : Optional.of(group.withNewFields(kept));
  }
}

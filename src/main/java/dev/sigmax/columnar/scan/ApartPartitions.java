package dev.sigmax.columnar.scan;

import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FileSections.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.Partition;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;

/**
 * Cuts the tasks of a scan so that none reads sections of two groups. Each group gets as many tasks
 * as its share of all bytes asks for, one at least, of even size.
 */
public final class ApartPartitions {
  private ApartPartitions() {}

  /** The scan with other tasks, some as many as it has or as there are cores. */
  public static <T> RDD<T> of(RDD<T> scan, FileSections sections, int cores) {
    Map<Integer, List<PartitionedFile>> groups = new TreeMap<>();
    for (Partition partition : scan.partitions()) {
      if (!(partition instanceof FilePartition task)) {
        throw new IllegalStateException("a scan of files has the task " + partition);
      }
      for (PartitionedFile file : task.files()) {
        addParts(file, sections.of(file.toPath()), groups);
      }
    }
    long total = groups.values().stream().mapToLong(ApartPartitions::bytes).sum();
    double share = (double) total / Math.max(scan.partitions().length, cores);
    List<List<PartitionedFile>> tasks = new ArrayList<>();
    for (List<PartitionedFile> group : groups.values()) {
      int count = (int) Math.max(1, Math.round(bytes(group) / share));
      tasks.addAll(BalancedPartitions.cut(group, count, bytes(group)));
    }
    return new RecutScan<>(scan, tasks);
  }

  private static void addParts(
      PartitionedFile file, List<Section> sections, Map<Integer, List<PartitionedFile>> groups) {
    long end = file.start() + file.length();
    for (int i = 0; i < sections.size(); i++) {
      long from = Math.max(file.start(), sections.get(i).start());
      long to = i + 1 < sections.size() ? Math.min(end, sections.get(i + 1).start()) : end;
      if (from < to) {
        groups
            .computeIfAbsent(sections.get(i).group(), group -> new ArrayList<>())
            .add(RecutScan.part(file, from, to - from));
      }
    }
  }

  private static long bytes(List<PartitionedFile> group) {
    return group.stream().mapToLong(PartitionedFile::length).sum();
  }
}

package dev.sigmax.columnar.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.spark.FileSections;
import dev.sigmax.spark.FileSections.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

/** How tasks are cut that keep sections apart; nothing is read. */
class ApartPartitionsTest extends GivenTasks {
  private static Path path(PartitionedFile file) {
    return file.toPath();
  }

  private static List<List<Part>> apart(
      RDD<ColumnarBatch> scan, Map<Path, List<Section>> sections, int cores) {
    return tasksOf(ApartPartitions.of(scan, new FileSections(sections), cores));
  }

  @Test
  void filesOfTwoGroupsAreReadByTwoTasks() {
    PartitionedFile a = part("a", 0, 10);
    PartitionedFile b = part("b", 0, 10);
    PartitionedFile c = part("c", 0, 10);
    assertEquals(
        List.of(List.of(new Part("a", 0, 10), new Part("c", 0, 10)), List.of(new Part("b", 0, 10))),
        apart(
            scan(task(a, b, c)),
            Map.of(
                path(a), List.of(new Section(0, 0)),
                path(b), List.of(new Section(0, 1)),
                path(c), List.of(new Section(0, 0))),
            1));
  }

  @Test
  void aFileIsCutWhereItsSectionsBegin() {
    PartitionedFile first = part("a", 0, 100);
    PartitionedFile second = part("a", 100, 100);
    assertEquals(
        List.of(
            List.of(new Part("a", 0, 70)),
            List.of(new Part("a", 70, 100), new Part("a", 100, 150)),
            List.of(new Part("a", 150, 200))),
        apart(
            scan(task(first), task(second)),
            Map.of(
                path(first), List.of(new Section(0, 0), new Section(70, 1), new Section(150, 2))),
            2));
  }

  @Test
  void aGroupOfManyBytesHasTasksOfEvenSize() {
    PartitionedFile large = part("a", 0, 300);
    PartitionedFile small = part("b", 0, 20);
    assertEquals(
        List.of(
            List.of(new Part("a", 0, 75)),
            List.of(new Part("a", 75, 150)),
            List.of(new Part("a", 150, 225)),
            List.of(new Part("a", 225, 300)),
            List.of(new Part("b", 0, 20))),
        apart(
            scan(task(large), task(small)),
            Map.of(
                path(large), List.of(new Section(0, 0)), path(small), List.of(new Section(0, 1))),
            4));
  }

  @Test
  void everyByteIsReadOnceByATaskOfItsGroup() {
    PartitionedFile[] files = new PartitionedFile[40];
    Map<Path, List<Section>> sections = new HashMap<>();
    for (int i = 0; i < files.length; i++) {
      files[i] = part("f" + i, 0, 1 + i * 37 % 101);
      // Some have no section of their own, as files without rows.
      if (i % 7 != 0) {
        sections.put(
            path(files[i]), List.of(new Section(0, i % 5), new Section(1 + i % 50, i % 3)));
      }
    }
    RDD<ColumnarBatch> scan = scan(files);
    for (int cores = 1; cores <= 8; cores++) {
      Map<String, Set<Long>> read = new TreeMap<>();
      for (List<Part> task : apart(scan, sections, cores)) {
        Set<Integer> groups = new HashSet<>();
        for (Part part : task) {
          for (long at = part.from(); at < part.to(); at++) {
            assertTrue(
                read.computeIfAbsent(part.file(), file -> new HashSet<>()).add(at),
                part + " is read twice");
            groups.add(groupOf(sections.get(new Path("file:/data/" + part.file())), at));
          }
        }
        assertTrue(groups.size() <= 1, task + " are of the groups " + groups);
      }
      for (PartitionedFile file : files) {
        assertEquals(file.length(), read.get(file.toPath().getName()).size());
      }
    }
  }

  private static int groupOf(List<Section> sections, long at) {
    int group = -1;
    for (Section section : sections == null ? new ArrayList<Section>() : sections) {
      group = at >= section.start() ? section.group() : group;
    }
    return group;
  }
}

package dev.sigmax.columnar.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;

/** How tasks are cut; nothing is read. */
class BalancedPartitionsTest extends GivenTasks {
  @Test
  void oneCoreDoesNotReadTwiceAsMuchAsTheOther() {
    RDD<ColumnarBatch> uneven =
        scan(task(part("a", 0, 128)), task(part("a", 128, 128)), task(part("a", 256, 184)));
    assertEquals(
        List.of(
            List.of(new Part("a", 0, 110)),
            List.of(new Part("a", 110, 128), new Part("a", 128, 220)),
            List.of(new Part("a", 220, 256), new Part("a", 256, 330)),
            List.of(new Part("a", 330, 440))),
        tasksOf(BalancedPartitions.of(uneven, 2)));
  }

  @Test
  void everyByteIsReadOnceAndInOrder() {
    PartitionedFile[] files = new PartitionedFile[50];
    for (int i = 0; i < files.length; i++) {
      files[i] = part("f" + i, i % 3 * 7L, 1 + i * i % 97);
    }
    RDD<ColumnarBatch> scan =
        scan(
            Arrays.copyOfRange(files, 0, 3),
            Arrays.copyOfRange(files, 3, 45),
            Arrays.copyOfRange(files, 45, 50));
    for (int cores = 1; cores <= 8; cores++) {
      List<Part> read = new ArrayList<>();
      for (List<Part> task : tasksOf(BalancedPartitions.of(scan, cores))) {
        for (Part part : task) {
          Part last = read.isEmpty() ? null : read.get(read.size() - 1);
          if (last != null && last.file().equals(part.file())) {
            assertEquals(last.to(), part.from());
            read.set(read.size() - 1, new Part(part.file(), last.from(), part.to()));
          } else {
            read.add(part);
          }
        }
      }
      List<Part> whole =
          Arrays.stream(files)
              .map(f -> new Part(f.toPath().getName(), f.start(), f.start() + f.length()))
              .toList();
      assertEquals(whole, read, cores + " cores");
    }
  }

  @Test
  void evenTasksStayAsSparkCutThem() {
    RDD<ColumnarBatch> even = scan(task(part("a", 0, 100)), task(part("a", 100, 98)));
    assertSame(even, BalancedPartitions.of(even, 2));
    RDD<ColumnarBatch> single = scan(new PartitionedFile[][] {task(part("a", 0, 100))});
    assertSame(single, BalancedPartitions.of(single, 2));
  }

  @Test
  void aTaskPrefersTheHostsOfItsFiles() {
    RDD<ColumnarBatch> uneven =
        scan(task(part("a", 0, 200)), task(part("a", 200, 200)), task(part("a", 400, 200)));
    RDD<ColumnarBatch> balanced = BalancedPartitions.of(uneven, 2);
    assertNotSame(uneven, balanced);
    assertEquals(4, balanced.partitions().length);
    assertTrue(balanced.getPreferredLocations(balanced.partitions()[3]).contains("host"));
  }
}

package dev.sigmax.hdfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.JobTest;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs on HDFS: a namenode and two datanodes in this JVM, one of which dies. */
class HdfsIT extends JobTest {
  private static final String VALUES =
      "SELECT COLUMNS(*)::VARCHAR FROM '%s/*.parquet' ORDER BY ALL";
  private static final int ROWS = 400_000;

  private MiniDFSCluster cluster;
  private FileSystem hdfs;
  private List<List<Object>> expected;

  @BeforeEach
  void startHdfs() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    configuration.setInt("dfs.replication", 2);
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
    Configuration spark = spark().sparkContext().hadoopConfiguration();
    spark.setInt("dfs.replication", 2);
    // With two datanodes there is none to take a dead one's place.
    spark.set("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER");
    input(
        "a.parquet",
        "SELECT i AS id, (i % 7)::FLOAT AS logit_a, (i % 5)::FLOAT AS logit_b FROM range("
            + ROWS
            + ") t(i)");
    assertPublished(score("multiclass"));
    expected = DuckDb.rows(VALUES.formatted(out()));
    hdfs.copyFromLocalFile(new Path(in().toString()), new Path("/in"));
    hdfs.mkdirs(new Path("/runs"));
  }

  @AfterEach
  void stopHdfs() {
    cluster.shutdown(true);
  }

  private String at(String path) {
    return hdfs.getUri() + path;
  }

  private Program scoreTo(String output, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("score", "--input", at("/in"), "--output", at(output), "--task", "multiclass"));
    all.addAll(Arrays.asList(options));
    return Program.run(all.toArray(new String[0]));
  }

  private void requireRight(String output) throws IOException {
    assertEquals(0, Program.run("verify", at(output)).code());
    java.nio.file.Path copy = folder.resolve("copy-of" + output.replace('/', '-'));
    hdfs.copyToLocalFile(new Path(output), new Path(copy.toString()));
    assertEquals(expected, DuckDb.rows(VALUES.formatted(copy)));
  }

  @Test
  void aRunOnHdfsGivesTheBitsOfALocalOne() throws IOException {
    Program run = scoreTo("/runs/a", "--engine", "columnar", "--run-id", "monday");
    assertEquals(0, run.code(), run.err());
    requireRight("/runs/a");
    assertEquals(0, Program.run("verify", at("/runs/a"), "--run-id", "monday").code());
    assertTrue(
        scoreTo("/runs/a", "--engine", "columnar", "--run-id", "monday")
            .out()
            .startsWith("already published"));
    assertEquals(5, scoreTo("/runs/a", "--temperature", "2").code());
    assertEquals(0, scoreTo("/runs/a", "--temperature", "2", "--replace").code());
    assertEquals(1, hdfs.listStatus(new Path("/runs")).length, "litter was left");
  }

  @Test
  void aDatanodeThatDiesInTheMiddleChangesNothing() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Program> run = pool.submit(() -> scoreTo("/runs/b"));
      while (!run.isDone() && !isBeingWritten()) {
        Thread.sleep(5);
      }
      assertFalse(run.isDone(), "the run ended before the datanode died");
      cluster.stopDataNode(0);
      assertEquals(0, run.get().code(), run.get().err());
      requireRight("/runs/b");
    } finally {
      pool.shutdown();
    }
  }

  private boolean isBeingWritten() throws IOException {
    for (FileStatus status : hdfs.listStatus(new Path("/runs"))) {
      if (status.getPath().getName().startsWith(".b.sigmax-staging-")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void ofManyRunsAtOnceExactlyOnePublishes() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Program>> runs = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        String temperature = Integer.toString(i);
        runs.add(pool.submit(() -> scoreTo("/runs/c", "--temperature", temperature)));
      }
      int published = 0;
      for (Future<Program> run : runs) {
        int code = run.get().code();
        assertTrue(code == 0 || code == 5, run.get().err());
        published += code == 0 ? 1 : 0;
      }
      assertEquals(1, published);
      assertEquals(0, Program.run("verify", at("/runs/c")).code());
      assertEquals(1, hdfs.listStatus(new Path("/runs")).length, "litter was left");
    } finally {
      pool.shutdown();
    }
  }
}

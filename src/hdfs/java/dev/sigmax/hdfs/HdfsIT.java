package dev.sigmax.hdfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.IncrementalStoreTest;
import dev.sigmax.testing.Program;
import java.io.IOException;
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
class HdfsIT extends IncrementalStoreTest {
  private MiniDFSCluster cluster;
  private FileSystem hdfs;

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
    fillStore();
  }

  @AfterEach
  void stopHdfs() {
    cluster.shutdown(true);
  }

  @Override
  protected FileSystem store() {
    return hdfs;
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
  void aFileThatCameLateIsTakenAndTold() throws IOException {
    assertEquals(0, incremental().code());
    arrives("b.parquet", 1_000_000, 10);
    hdfs.setTimes(new Path("/in/b.parquet"), 1_000_000, -1);
    Program run = incremental();
    assertEquals(0, run.code(), run.err());
    assertTrue(manifestOf(2).contains("1 file came late"), manifestOf(2));
  }
}

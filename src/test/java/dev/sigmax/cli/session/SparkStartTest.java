package dev.sigmax.cli.session;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.JobSettings;
import dev.sigmax.job.spec.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark starts at once, unless the disk shows that the run will be refused. */
class SparkStartTest {
  @TempDir private Path folder;

  private static boolean starts(String input, String output, JobKey... flags) {
    Map<JobKey, String> texts = new EnumMap<>(JobKey.class);
    texts.put(JobKey.OUTPUT, output);
    texts.put(JobKey.TASK, "multiclass");
    for (JobKey flag : flags) {
      texts.put(flag, "true");
    }
    return SparkStart.isLikelyNeeded(
        JobSpec.of(new JobSettings(texts, Map.of(JobKey.INPUT, List.of(input)))));
  }

  @Test
  void aSoundJobStartsSparkAtOnce() throws IOException {
    String in = Files.createDirectory(folder.resolve("in[1] a")).toString();
    String out = folder.resolve("out").toString();
    assertTrue(starts(in, out));
    assertTrue(starts("file:" + in, "file://" + out));
    assertTrue(starts(folder + "/dt=*", out));
    assertTrue(starts("s3a://bucket/logits", "hdfs:///probabilities"));
    assertTrue(starts(in, "out"), "the working folder is there");
  }

  @Test
  void whatIsNotThereIsToldFirst() throws IOException {
    String in = Files.createDirectory(folder.resolve("in")).toString();
    String out = folder.resolve("out").toString();
    assertFalse(starts(folder.resolve("none").toString(), out));
    assertFalse(starts("file:" + folder.resolve("none"), out));
    assertFalse(starts(in, folder.resolve("none/out").toString()));
    assertFalse(starts(in, "file://" + folder.resolve("none/out")));
  }

  @Test
  void anOutputThatIsThereIsLookedAtFirstUnlessItIsReplaced() throws IOException {
    String in = Files.createDirectory(folder.resolve("in")).toString();
    String out = Files.createDirectory(folder.resolve("out")).toString();
    assertFalse(starts(in, out));
    assertTrue(starts(in, out, JobKey.REPLACE));
    Files.createDirectory(folder.resolve("out/_sigmax"));
    assertTrue(starts(in, out), "the run may be there, and is then looked at by Spark");
  }
}

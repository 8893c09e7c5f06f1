package dev.sigmax.job.evaluate;

import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.output.Manifest;
import dev.sigmax.output.publish.AwaitedRun;
import dev.sigmax.output.publish.NumberedRuns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Tells inputs from the output of a run, and opens either. */
public final class LabelledSource {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private LabelledSource() {}

  /** The rows that a request names. */
  public static LabelledRows open(
      Supplier<SparkSession> spark, Configuration configuration, EvaluationRequest request)
      throws IOException {
    List<String> paths = request.paths();
    if (paths.size() == 1 && isNoGlob(paths.get(0), configuration)) {
      Path path = OutputPath.output(paths.get(0), configuration);
      NumberedRuns.refuse(path, configuration);
      Optional<Manifest> manifest = AwaitedRun.find(path, configuration);
      if (manifest.isPresent()) {
        return new LabelledOutput(spark, configuration, request, path, manifest.get()).open();
      }
    }
    return openInput(spark, configuration, request);
  }

  /** What is there is meant as it is, whatever its name. */
  private static boolean isNoGlob(String text, Configuration configuration) throws IOException {
    Path path = new Path(text);
    return !GLOB.matcher(text).find() || path.getFileSystem(configuration).exists(path);
  }

  /** The rows of inputs, with their logits. */
  public static LabelledRows openInput(
      Supplier<SparkSession> spark, Configuration configuration, EvaluationRequest request) {
    LabelledInput input = LabelledInput.ofRequest(spark, configuration, request);
    return input.open(input.snapshot());
  }
}

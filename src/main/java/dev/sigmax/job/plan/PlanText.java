package dev.sigmax.job.plan;

import dev.sigmax.error.Counted;
import dev.sigmax.input.snapshot.Skipped;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.job.spec.Layout;
import dev.sigmax.job.spec.Precision;
import dev.sigmax.kernel.rule.Task;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** What a dry run prints. */
public final class PlanText {
  private PlanText() {}

  public static String of(ScoringPlan plan, RunIdentity identity, Baseline baseline, Path output) {
    Snapshot snapshot = plan.table().snapshot();
    StringBuilder text = new StringBuilder("Plan (dry run: nothing is written)\n");
    line(
        text,
        "read",
        Counted.of(plan.table().rows(), "row")
            + " in "
            + Counted.of(snapshot.files().size(), "file")
            + ", "
            + Counted.of(snapshot.bytes(), "byte"));
    for (Skipped skipped : snapshot.skipped()) {
      line(text, "skip", skipped.path() + " (" + skipped.why() + ")");
    }
    line(text, "score", Counted.of(plan.rule().classes(), "logit") + " a row, " + function(plan));
    Map<String, Object> options = EffectiveJob.of(plan);
    if (plan.rule().task() == Task.MULTILABEL) {
      // Nobody judges the sum of sigmoids.
      options.remove(JobKey.SUM_TOLERANCE.key());
    }
    for (Map.Entry<String, Object> option : options.entrySet()) {
      line(text, option.getKey(), option.getValue());
    }
    line(text, "columns", plan.outputColumns());
    line(
        text,
        "estimate",
        Counted.of(estimatedBytes(plan), "byte") + " before compression, row by row");
    line(text, "run-id", identity.runId());
    baseline
        .run()
        .ifPresent(
            run ->
                line(text, "compare-to", "run " + run.manifest().runId() + " at " + run.output()));
    baseline.remarks().forEach(remark -> line(text, "compare-to", remark));
    line(text, "publish", output);
    return text.toString();
  }

  private static String function(ScoringPlan plan) {
    return switch (plan.rule().task()) {
      case MULTICLASS -> "row-wise softmax (one of many)";
      case MULTILABEL -> "sigmoid of each (each on its own)";
      case BINARY -> "both tails of its sigmoid (one yes or no)";
    };
  }

  private static long estimatedBytes(ScoringPlan plan) {
    long width = plan.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    long values = plan.layout() == Layout.NONE ? 0 : plan.labels().size();
    return plan.table().rows() * (values * width + Double.BYTES);
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
  }
}

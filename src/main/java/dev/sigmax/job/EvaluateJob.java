package dev.sigmax.job;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.FewNames;
import dev.sigmax.error.InputException;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.evaluate.EvaluationRule;
import dev.sigmax.job.evaluate.LabelledRows;
import dev.sigmax.job.evaluate.LabelledSource;
import dev.sigmax.job.evaluate.LabelledSums;
import dev.sigmax.job.evaluate.Measured;
import dev.sigmax.job.evaluate.SortedScores;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.kernel.rule.Task;
import dev.sigmax.report.Evaluation;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Tells how good probabilities are, against labels that lie beside their logits. One pass over the
 * input; every sum is exact, so any partitioning gives the same bits.
 */
public final class EvaluateJob {
  private final Supplier<SparkSession> spark;
  private final Configuration configuration;
  private final EvaluationRequest request;

  /**
   * An evaluation of what {@code request} names.
   *
   * @param spark asked for a session only once the input's footers are as they should be
   */
  public EvaluateJob(
      Supplier<SparkSession> spark, Configuration configuration, EvaluationRequest request) {
    this.spark = () -> RunSession.open(spark.get());
    this.configuration = configuration;
    this.request = request;
  }

  /** Evaluates; {@link InputException} where a row has a label that is no class. */
  public Evaluation run() throws IOException {
    return FailureExplainer.explained(new Path(request.paths().get(0)), this::evaluate);
  }

  private Evaluation evaluate() throws IOException {
    LabelledRows labelled = LabelledSource.open(spark, configuration, request);
    SortedScores scores = SortedScores.of(labelled.rows(), labelled.rule());
    requireSound(scores.tally(), labelled, request);
    return Measured.of(labelled.source(), labelled.rule(), scores);
  }

  static void requireSound(LabelledSums tally, LabelledRows labelled, EvaluationRequest request) {
    Optional<LabelledSums.Fault> fault = tally.firstFault();
    if (fault.isPresent()) {
      throw new InputException(
          fault.get().name(),
          new Path(URI.create(fault.get().file()))
              + ", row "
              + fault.get().row()
              + ": "
              + fault.get().why()
              + ". --label is "
              + request.label()
              + ", and the classes are "
              + named(labelled.rule())
              + ". Mend the column, or "
              + labelled.renaming()
              + "; null stands for a row without a label.");
    }
    if (tally.evaluated() == 0) {
      throw new InputException(
          ErrorName.NOTHING_TO_EVALUATE,
          "no row of "
              + request.paths()
              + " can be evaluated: of "
              + Counted.of(tally.rows(), "row")
              + ", "
              + Counted.of(tally.labelled(), "has", "have")
              + " a label in "
              + request.label()
              + ", and "
              + Counted.of(tally.badRows(), "of those has", "of those have")
              + " no probabilities.");
    }
    if (tally.sum(LabelledSums.Measure.MASS) == 0) {
      throw new InputException(
          ErrorName.NOTHING_TO_EVALUATE,
          "every row of "
              + request.paths()
              + " that could be evaluated, "
              + Counted.of(tally.evaluated(), "row")
              + ", has the weight 0 in "
              + request.weight().orElseThrow()
              + ". Mend the column, or leave out --weight.");
    }
  }

  /** The classes; of a binary task with what they stand for, which their order alone says. */
  private static String named(EvaluationRule rule) {
    List<String> labels = rule.labels();
    if (rule.rule().task() == Task.BINARY) {
      return labels.get(0) + " (the no) and " + labels.get(1) + " (the yes)";
    }
    return FewNames.of(labels);
  }
}

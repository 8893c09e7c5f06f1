package dev.sigmax.job;

import dev.sigmax.error.InputException;
import dev.sigmax.job.evaluate.EvaluationRequest;
import dev.sigmax.job.evaluate.LabelledRows;
import dev.sigmax.job.evaluate.LabelledSource;
import dev.sigmax.job.evaluate.Measured;
import dev.sigmax.job.evaluate.SortedScores;
import dev.sigmax.job.failure.FailureExplainer;
import dev.sigmax.job.run.RunSession;
import dev.sigmax.report.Evaluation;
import java.io.IOException;
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
    UsableRows.TO_EVALUATE.require(scores.tally(), labelled, request);
    return Measured.of(labelled.source(), labelled.rule(), scores);
  }
}

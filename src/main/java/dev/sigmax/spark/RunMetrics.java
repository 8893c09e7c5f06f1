package dev.sigmax.spark;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.sigmax.kernel.rule.RowIssue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark's metrics system shows of the runs in this driver, to whatever sinks it has. Counters
 * only grow, and add up all runs and attempts since Spark started. Thread-safe.
 */
public final class RunMetrics implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(RunMetrics.class);
  private static final String NAME = "sigmax";

  private final MetricRegistry registry = new MetricRegistry();
  private final Counter rowsRead = registry.counter("rows.read");
  private final Counter rowsWritten = registry.counter("rows.written");
  private final Counter logits = registry.counter("logits");
  private final LogitRate rate = new LogitRate();

  private final Map<String, AtomicInteger> runsAtStep = new HashMap<>();

  private RunMetrics(List<String> steps) {
    for (String step : steps) {
      AtomicInteger runs = new AtomicInteger();
      runsAtStep.put(step, runs);
      registry.register("step." + step, (Gauge<Integer>) runs::get);
    }
    registry.register("logits_per_second", (Gauge<Double>) rate::perSecond);
    for (RowIssue issue : RowIssue.values()) {
      badRows(issue.code());
    }
  }

  /**
   * Those of the Spark that runs in this process, registered with it once.
   *
   * @param steps all that a run can be at, by name
   */
  public static synchronized RunMetrics ofThisSpark(List<String> steps) {
    SparkEnv spark = SparkEnv.get();
    if (spark == null) {
      // Spark is being stopped: nobody will look.
      return new RunMetrics(steps);
    }
    try {
      MetricsSystem system = spark.metricsSystem();
      for (Source source : CollectionConverters.asJava(system.getSourcesByName(NAME))) {
        if (source instanceof RunMetrics metrics) {
          return metrics;
        }
      }
      RunMetrics metrics = new RunMetrics(steps);
      system.registerSource(metrics);
      return metrics;
    } catch (LinkageError e) {
      LOG.warn("This Spark's metrics system is another; it will not show any run: {}", e);
      return new RunMetrics(steps);
    }
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  /** A run begins a step. */
  public void beginStep(String step) {
    runsAtStep.get(step).incrementAndGet();
  }

  /** A run ends a step that it began. */
  public void endStep(String step) {
    runsAtStep.get(step).decrementAndGet();
  }

  /** A write of scores begins. */
  public void beginScoring() {
    rate.begin();
  }

  /** Rows were scored, and some of them written; the others are bad. */
  public void scored(long read, long written, long logitsInRow) {
    rowsRead.inc(read);
    rowsWritten.inc(written);
    logits.inc(read * logitsInRow);
    rate.add(read * logitsInRow);
  }

  /** A write of scores ends. */
  public void endScoring() {
    rate.end();
  }

  /** A run's rows were checked as written: how many have which issue, by its code. */
  public void checked(Map<String, Long> issues) {
    issues.forEach((code, rows) -> badRows(code).inc(rows));
  }

  private Counter badRows(String code) {
    return registry.counter("bad_rows." + code);
  }
}

package dev.sigmax.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log of scripts/sigmax leaves out unless it is asked for. */
class QuietLogTest {
  /** Days of a backfill that were scored at once and interrupted told all of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.spark.executor.Executor",
        "org.apache.spark.scheduler.TaskSetManager",
        "org.apache.spark.TaskContextImpl",
        "org.apache.spark.sql.execution.datasources.BasicWriteTaskStatsTracker"
      })
  void howATaskOfAnEndingProcessFailedIsNotTold(String logger) {
    try (LoggerContext context =
        new LoggerContext("of the test", null, Path.of("conf/log4j2.properties").toUri())) {
      context.start();
      assertEquals(Level.OFF, context.getConfiguration().getLoggerConfig(logger).getLevel());
    }
  }
}

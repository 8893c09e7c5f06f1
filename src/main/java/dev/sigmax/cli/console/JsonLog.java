package dev.sigmax.cli.console;

import dev.sigmax.error.ErrorName;
import dev.sigmax.error.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standard error as one object of JSON a line: the log, and what the program says itself. Levels
 * and loggers stay as they are configured, and so do appenders other than the console's.
 */
public final class JsonLog {
  /** What the program says of its errors. */
  public static final Logger PROGRAM = LoggerFactory.getLogger("dev.sigmax.cli");

  /** How far a run is; shown whatever the level of others. */
  static final Logger PROGRESS = LoggerFactory.getLogger("dev.sigmax.progress");

  private static final String LINES = "sigmax-json-lines";
  private static final String REDACTED = "sigmax-json";

  private static final String EVENT =
      String.format(
          Locale.ROOT,
          """
          {
            "timestamp": {
              "$resolver": "timestamp",
              "pattern": {"format": "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "timeZone": "UTC"}
            },
            "level": {"$resolver": "level", "field": "name"},
            "logger": {"$resolver": "logger", "field": "name"},
            "run_id": {"$resolver": "mdc", "key": "run_id"},
            "message": {"$resolver": "message", "stringified": true},
            "stack_trace": {"$resolver": "mdc", "key": "%s"}
          }
          """,
          RedactedEvents.STACK_TRACE);

  private JsonLog() {}

  /**
   * Begins it, for the rest of this process or until the log is configured anew. Where it has begun
   * it goes on.
   *
   * @throws UsageException if this process does not log by Log4j 2
   */
  public static void begin() {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      throw new UsageException(
          ErrorName.OPTION_VALUE,
          "--log-format json needs Log4j 2, which Spark logs by, and this process logs by"
              + " something else. Leave the option out.");
    }
    Configuration configuration = context.getConfiguration();
    if (configuration.getAppender(REDACTED) != null) {
      return;
    }
    RewriteAppender json = appender(configuration);
    for (LoggerConfig logger : List.copyOf(configuration.getLoggers().values())) {
      toJson(logger, json);
    }
    LoggerConfig progress = new LoggerConfig(PROGRESS.getName(), Level.INFO, true);
    progress.setParent(configuration.getRootLogger());
    configuration.addLogger(PROGRESS.getName(), progress);
    context.updateLoggers();
  }

  private static void toJson(LoggerConfig logger, RewriteAppender json) {
    List<String> consoles =
        logger.getAppenders().entrySet().stream()
            .filter(each -> each.getValue() instanceof ConsoleAppender)
            .map(Map.Entry::getKey)
            .toList();
    consoles.forEach(logger::removeAppender);
    if (!consoles.isEmpty()) {
      logger.addAppender(json, null, null);
    }
  }

  private static RewriteAppender appender(Configuration configuration) {
    JsonTemplateLayout layout =
        JsonTemplateLayout.newBuilder()
            .setConfiguration(configuration)
            .setEventTemplate(EVENT)
            .setStackTraceEnabled(false)
            .build();
    ConsoleAppender lines =
        ConsoleAppender.newBuilder()
            .setName(LINES)
            .setConfiguration(configuration)
            .setLayout(layout)
            .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
            .setFollow(true)
            .build();
    lines.start();
    configuration.addAppender(lines);
    RewriteAppender redacted =
        RewriteAppender.createAppender(
            REDACTED,
            "true",
            new AppenderRef[] {AppenderRef.createAppenderRef(LINES, null, null)},
            configuration,
            new RedactedEvents(),
            null);
    redacted.start();
    configuration.addAppender(redacted);
    return redacted;
  }
}

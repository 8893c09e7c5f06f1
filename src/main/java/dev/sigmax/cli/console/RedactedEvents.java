package dev.sigmax.cli.console;

import dev.sigmax.error.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;

/** Events of the log as people may read them: see {@link Redaction#forPeople}. */
final class RedactedEvents implements RewritePolicy {
  /** Where an event has its stack trace, if it has one. */
  static final String STACK_TRACE = "sigmax.stack_trace";

  @Override
  public LogEvent rewrite(LogEvent event) {
    String message = Redaction.forPeople(event.getMessage().getFormattedMessage());
    Log4jLogEvent.Builder rewritten =
        new Log4jLogEvent.Builder(event).setMessage(new SimpleMessage(message));
    if (event.getThrown() != null) {
      StringWriter trace = new StringWriter();
      event.getThrown().printStackTrace(new PrintWriter(trace));
      StringMap context = new SortedArrayStringMap(event.getContextData());
      context.putValue(STACK_TRACE, Redaction.forPeople(trace.toString()));
      rewritten.setContextData(context).setThrown(null);
    }
    return rewritten.build();
  }
}

package dev.sigmax.cli.result;

import dev.sigmax.error.Redaction;
import dev.sigmax.report.History;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** A history as one object of JSON, without passwords in its paths. What is not known is null. */
public final class HistoryJson {
  private HistoryJson() {}

  /** The object. */
  public static String of(History history) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("folder", Redaction.forPeople(history.folder()));
    object.put("kinds", history.kinds().stream().map(HistoryJson::of).toList());
    object.put("not_shown", history.leftOut().stream().map(HistoryJson::of).toList());
    return ReadableJson.of(object);
  }

  private static Map<String, Object> of(History.LeftOut left) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("folder", Redaction.forPeople(left.folder()));
    object.put("why", Redaction.forPeople(left.why()));
    return object;
  }

  private static Map<String, Object> of(History.Kind kind) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("task", kind.task());
    object.put("labels", kind.classes());
    object.put("runs", kind.runs().stream().map(HistoryJson::of).toList());
    return object;
  }

  private static Map<String, Object> of(History.Run run) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("published_at", run.publishedAt().toString());
    object.put("run_id", run.runId());
    object.put("output", Redaction.forPeople(run.output()));
    object.put("rows", run.rows());
    object.put("bad_rows", run.badRows());
    object.put("bad_share", run.badShare());
    object.put("mean_confidence", number(run.confidence()));
    object.put("warnings", run.warnings());
    object.put("verdict", run.verdict());
    object.put("since", run.since().map(HistoryJson::of).orElse(null));
    return object;
  }

  private static Map<String, Object> of(History.Since since) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("run_id", since.runId());
    object.put("output", Redaction.forPeople(since.output()));
    object.put("psi", number(since.psi()));
    object.put("js", number(since.js()));
    object.put("furthest", since.furthest().orElse(null));
    object.put("not_compared", since.notCompared());
    object.put("class_shift", since.shift().map(HistoryJson::of).orElse(null));
    return object;
  }

  private static Map<String, Object> of(History.Shift shift) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("label", shift.label());
    object.put("then", shift.then());
    object.put("now", shift.now());
    return object;
  }

  private static Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}

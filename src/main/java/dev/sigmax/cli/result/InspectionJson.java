package dev.sigmax.cli.result;

import dev.sigmax.error.Redaction;
import dev.sigmax.job.spec.JobKey;
import dev.sigmax.report.Inspection;
import dev.sigmax.report.Inspection.Candidate;
import dev.sigmax.report.Inspection.Column;
import dev.sigmax.report.Inspection.Draft;
import dev.sigmax.report.Inspection.Files;
import dev.sigmax.report.Inspection.Finding;
import dev.sigmax.report.Inspection.Guess;
import dev.sigmax.report.Inspection.Range;
import dev.sigmax.report.Inspection.Sample;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An inspection as one object of JSON, without passwords in its paths. What is not known is null;
 * an infinite number is the string "Infinity" or "-Infinity".
 */
public final class InspectionJson {
  private InspectionJson() {}

  /**
   * The object.
   *
   * @param written where the job file is; empty where none was asked for
   */
  public static String of(Inspection inspection, Optional<Path> written) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("files", of(inspection.files()));
    object.put("columns", inspection.columns().stream().map(InspectionJson::of).toList());
    object.put("differences", withShownValues(inspection.differences()));
    object.put("candidates", inspection.candidates().stream().map(InspectionJson::of).toList());
    object.put("looks_wrong", inspection.findings().stream().map(InspectionJson::of).toList());
    object.put("job", inspection.job().map(InspectionJson::of).orElse(null));
    object.put("job_file", written.map(path -> shown(path.toString())).orElse(null));
    return ReadableJson.of(object);
  }

  /** Without the passwords in it. Names of columns are told as they are, or nobody finds them. */
  private static Object shown(Object text) {
    return text instanceof List<?> texts
        ? texts.stream().map(InspectionJson::shown).toList()
        : Redaction.forPeople(text.toString());
  }

  private static Map<String, Object> withShownValues(Map<String, String> texts) {
    Map<String, Object> object = new LinkedHashMap<>();
    texts.forEach((key, text) -> object.put(key, shown(text)));
    return object;
  }

  private static Map<String, Object> of(Draft job) {
    Map<String, Object> object = new LinkedHashMap<>(job.keys());
    for (JobKey path : List.of(JobKey.INPUT, JobKey.OUTPUT)) {
      object.computeIfPresent(path.key(), (key, value) -> shown(value));
    }
    return object;
  }

  private static Map<String, Object> of(Files files) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("count", files.count());
    object.put("bytes", files.bytes());
    object.put("rows", files.rows());
    object.put("row_groups", files.rowGroups());
    object.put("written_by", files.writtenBy());
    object.put("codecs", files.codecs());
    object.put("partitions", files.partitions());
    Map<Object, Object> skipped = new LinkedHashMap<>();
    files.skipped().forEach((path, why) -> skipped.put(shown(Redaction.ofFile(path)), shown(why)));
    object.put("skipped", skipped);
    return object;
  }

  private static Map<String, Object> of(Column column) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", column.name());
    object.put("type", column.type());
    object.put("kept", column.notKept().isEmpty());
    object.put("why_not_kept", column.notKept().map(InspectionJson::shown).orElse(null));
    object.put("encodings", column.encodings());
    object.put("nulls", column.nulls().orElse(null));
    object.put("range", column.range().map(InspectionJson::of).orElse(null));
    return object;
  }

  private static Map<String, Object> of(Candidate candidate) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("logits", candidate.logits());
    object.put("classes", candidate.classes());
    object.put("type", candidate.type());
    object.put("columns", shown(candidate.columns()));
    object.put("sample", of(candidate.sample()));
    object.put("layout", of(candidate.layout()));
    object.put("tasks", candidate.tasks());
    object.put("likely_task", candidate.task().map(InspectionJson::of).orElse(null));
    object.put("label", candidate.label().orElse(null));
    object.put("labels", candidate.labels().orElse(null));
    object.put("why_no_label", candidate.whyNoLabel().map(InspectionJson::shown).orElse(null));
    object.put("not_looked_at", candidate.notLookedAt());
    return object;
  }

  private static Map<String, Object> of(Guess<?> guess) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name(guess.what()));
    object.put("why", shown(guess.why()));
    return object;
  }

  private static String name(Object named) {
    return named.toString().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> of(Sample sample) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rows", sample.rows());
    object.put("of", sample.of());
    object.put("range", sample.range().map(InspectionJson::of).orElse(null));
    object.put("nulls", sample.nulls());
    object.put("nan", sample.nan());
    object.put("pos_inf", sample.positiveInfinities());
    object.put("neg_inf", sample.negativeInfinities());
    object.put("lengths", sample.lengths());
    return object;
  }

  private static Map<String, Object> of(Range range) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("min", range.min());
    object.put("max", range.max());
    return object;
  }

  private static Map<String, Object> of(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name(finding.kind()));
    object.put("sentence", shown(finding.sentence()));
    return object;
  }
}

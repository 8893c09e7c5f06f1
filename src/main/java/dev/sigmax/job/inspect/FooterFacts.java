package dev.sigmax.job.inspect;

import dev.sigmax.error.FewNames;
import dev.sigmax.input.column.FileDifferences;
import dev.sigmax.input.snapshot.Skipped;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputColumns;
import dev.sigmax.parquet.footer.ColumnChunks;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.report.FindingKind;
import dev.sigmax.report.Inspection;
import dev.sigmax.report.Inspection.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructField;

/** What the footers of all files say, of all rows. */
final class FooterFacts {
  private static final String HALF = "FLOAT16";
  private static final Pattern LOGICAL_TYPE = Pattern.compile("\\w+ [\\w()]+ .* \\((.+)\\)");

  private final Snapshot snapshot;
  private final List<Footer> readable;
  private final Map<String, String> differences;
  private final List<Inspection.Column> columns;

  /** The facts of files; what cannot be read is left out. */
  FooterFacts(Snapshot snapshot, List<Footer> footers) {
    this.snapshot = snapshot;
    this.readable = footers.stream().filter(Footer::readable).toList();
    this.differences = FileDifferences.of(readable);
    this.columns = readable.isEmpty() ? List.of() : describeColumns();
  }

  Map<String, String> differences() {
    return differences;
  }

  Inspection.Files files() {
    TreeSet<String> writers = new TreeSet<>();
    TreeSet<String> codecs = new TreeSet<>();
    readable.forEach(footer -> writers.add(footer.createdBy()));
    readable.forEach(footer -> codecs.addAll(footer.codecs()));
    Map<String, String> skipped = new LinkedHashMap<>();
    for (Skipped file : snapshot.skipped()) {
      skipped.put(file.path(), file.why());
    }
    return new Inspection.Files(
        snapshot.files().size(),
        snapshot.bytes(),
        readable.stream().mapToLong(Footer::rows).sum(),
        readable.stream().mapToLong(Footer::rowGroups).sum(),
        (readable.isEmpty() ? Footer.Format.PARQUET : readable.get(0).format()).parts(),
        List.copyOf(writers),
        List.copyOf(codecs),
        snapshot.partitionColumns(),
        skipped);
  }

  /** The columns of the first file, with what all files say of them, and partitions. */
  List<Inspection.Column> columns() {
    return columns;
  }

  private List<Inspection.Column> describeColumns() {
    List<Inspection.Column> described = new ArrayList<>();
    Footer first = readable.get(0);
    for (StructField field : first.schema().fields()) {
      described.add(column(field));
    }
    first
        .unsupported()
        .forEach(
            (name, type) ->
                described.add(
                    new Inspection.Column(
                        name,
                        logicalType(type),
                        Optional.of(
                            first.format() == Footer.Format.PARQUET
                                ? "Spark has no such type"
                                : "not read from Arrow"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())));
    for (String partition : snapshot.partitionColumns()) {
      described.add(
          new Inspection.Column(
              partition,
              "string",
              notKept(partition),
              List.of("partition"),
              Optional.empty(),
              Optional.empty()));
    }
    return List.copyOf(described);
  }

  private Inspection.Column column(StructField field) {
    Optional<ColumnChunks> chunks = chunks(field.name());
    return new Inspection.Column(
        field.name(),
        field.dataType().catalogString(),
        notKept(field.name()),
        chunks.map(all -> List.copyOf(all.encodings())).orElse(List.of()),
        chunks.map(ColumnChunks::nulls).filter(nulls -> nulls >= 0),
        range(chunks));
  }

  /** What all files say of a column; empty where no file has rows. */
  Optional<ColumnChunks> chunks(String column) {
    return readable.stream()
        .map(footer -> footer.columns().get(column))
        .filter(Objects::nonNull)
        .reduce(ColumnChunks::with);
  }

  private static Optional<Inspection.Range> range(Optional<ColumnChunks> chunks) {
    return chunks
        .map(ColumnChunks::range)
        .map(range -> new Inspection.Range(range.min(), range.max()));
  }

  /** Why {@code score} does not carry a column through where it is no logit. */
  private Optional<String> notKept(String name) {
    if (OutputColumns.isOwn(name)) {
      return Optional.of("the output needs the name");
    }
    return differences.containsKey(name) ? Optional.of("files differ") : Optional.empty();
  }

  /**
   * Columns that would end a run, or be left out of it.
   *
   * @param logits those that are none of them
   */
  List<Finding> findings(List<String> logits) {
    List<Finding> findings = new ArrayList<>();
    if (!differences.isEmpty()) {
      findings.add(
          new Finding(
              FindingKind.FILES_DIFFER,
              "the files differ in "
                  + FewNames.of(List.copyOf(differences.keySet()))
                  + ": score refuses that, unless --keep leaves them out or --allow-missing names"
                  + " them."));
    }
    for (Inspection.Column column : columns) {
      if (column.notKept().isPresent()
          && !differences.containsKey(column.name())
          && !logits.contains(column.name())) {
        findings.add(notKept(column));
      }
    }
    return findings;
  }

  private Finding notKept(Inspection.Column column) {
    String name = column.name();
    if (OutputColumns.isOwn(name)) {
      return new Finding(
          FindingKind.NOT_KEPT,
          "the column "
              + name
              + " has a name that the output needs. Rename it, or name the columns"
              + " to keep with --keep.");
    }
    if (column.type().contains(HALF)) {
      return new Finding(
          FindingKind.NOT_KEPT,
          "the column "
              + name
              + " is neither read as a logit nor kept: it has a type "
              + readable.get(0).format().unread()
              + ", "
              + column.type()
              + ". Write it as float or double, or name the columns to keep with --keep if it is no"
              + " logit.");
    }
    String instead =
        column.type().contains("NANOS") ? "in microseconds" : "as another type, such as text";
    return new Finding(
        FindingKind.NOT_KEPT,
        "the column "
            + name
            + " cannot be kept: it has a type "
            + readable.get(0).format().unread()
            + ", "
            + column.type()
            + ". Write it "
            + instead
            + ", or name the columns to keep with --keep.");
  }

  /**
   * The logical type alone, of a text such as {@code optional int64 at (TIMESTAMP(NANOS,true))}.
   */
  private static String logicalType(String type) {
    Matcher matcher = LOGICAL_TYPE.matcher(type);
    return matcher.matches() ? matcher.group(1) : type;
  }
}

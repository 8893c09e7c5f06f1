package dev.sigmax.job.run;

import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.sigmax.spark.FooterNotes;
import dev.sigmax.spark.TaskChange;
import dev.sigmax.tally.BadRowSamples;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The issue of a bad row as it is; on the way the first rows of each issue are left for the footer
 * of the file that the task writes.
 */
final class SampledIssue {
  private static final ThreadLocal<SampledIssue> OF_THREAD =
      ThreadLocal.withInitial(SampledIssue::new);

  private BadRowSamples samples = new BadRowSamples();
  private final TaskChange task = new TaskChange();

  private SampledIssue() {}

  /**
   * The issue.
   *
   * @param file as Spark's metadata has it, an encoded URI
   * @param row the index of the row in it
   * @param logits an array; converted only of the few rows that become samples
   */
  static Column of(Column issue, Column file, Column row, Column logits) {
    UDF3<String, String, Long, Boolean> wanted =
        (code, uri, index) -> ofTask().samples.wants(code, file(uri), index);
    UDF4<String, String, Long, Seq<Number>, String> sampled =
        (code, uri, index, values) -> {
          List<Number> numbers = values == null ? List.of() : CollectionConverters.asJava(values);
          ofTask().samples.add(BadRowSamples.Sample.of(code, file(uri), index, numbers));
          return code;
        };
    return when(
            issue
                .isNotNull()
                .and(
                    udf(wanted, DataTypes.BooleanType)
                        .asNondeterministic()
                        .apply(issue, file, row)),
            udf(sampled, DataTypes.StringType).asNondeterministic().apply(issue, file, row, logits))
        .otherwise(issue);
  }

  /** Spark gives an encoded URI, where people know the file by its name. */
  static String file(String uri) {
    return new Path(URI.create(uri)).toString();
  }

  /** What an attempt saw that failed is in no file, and belongs to none. */
  private static SampledIssue ofTask() {
    SampledIssue own = OF_THREAD.get();
    if (own.task.isAnother()) {
      own.samples = new BadRowSamples();
      FooterNotes.leave(BadRowSamples.FOOTER_KEY, () -> own.samples.text());
    }
    return own;
  }
}

package dev.sigmax.table;

import dev.sigmax.error.Denial;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.Outage;
import dev.sigmax.error.SigmaxException;
import dev.sigmax.error.UsageException;
import org.apache.spark.sql.AnalysisException;

/** What a catalog throws, for a person. */
public final class CatalogFailure {
  private CatalogFailure() {}

  /** Of the catalog that a table is in. */
  public static SigmaxException of(String name, Exception failure) {
    if (isNoName(failure)) {
      return TableName.refused(name, failure);
    }
    return Outage.explain("the catalog of " + name + " cannot be asked", failure)
        .<SigmaxException>map(outage -> outage)
        .or(() -> Denial.explain("the table " + name + " cannot be loaded", failure))
        .orElseGet(
            () ->
                new UsageException(
                    ErrorName.TABLE_NOT_FOUND,
                    "the table "
                        + name
                        + " cannot be loaded: "
                        + String.valueOf(failure.getMessage()).replaceFirst("[.]$", "")
                        + ". Check the settings of its catalog.",
                    failure));
  }

  /** Whether Spark could not read the name. */
  public static boolean isNoName(Exception failure) {
    return failure instanceof AnalysisException analysis
        && String.valueOf(analysis.getCondition()).startsWith("PARSE");
  }
}

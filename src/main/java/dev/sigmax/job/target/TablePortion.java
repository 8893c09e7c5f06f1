package dev.sigmax.job.target;

import dev.sigmax.error.Counted;
import dev.sigmax.error.ErrorName;
import dev.sigmax.error.InputException;
import dev.sigmax.input.snapshot.InputFile;
import dev.sigmax.input.snapshot.ListingFailure;
import dev.sigmax.input.snapshot.Snapshot;
import dev.sigmax.job.plan.OutputPath;
import dev.sigmax.job.spec.JobSpec;
import dev.sigmax.job.spec.Source;
import dev.sigmax.parquet.footer.Footer;
import dev.sigmax.table.TableSource;
import dev.sigmax.table.catalog.TableCatalog;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The files of one snapshot of a table. They go the road of any files, so each has to have the
 * table's columns as they are called now.
 */
record TablePortion(JobSpec spec, TableSource table, Configuration configuration)
    implements Portion {
  static TablePortion open(
      SparkSession spark, Configuration configuration, JobSpec spec, Source.Table source) {
    return new TablePortion(
        spec, TableCatalog.source(spark, source.name(), source.asOf()), configuration);
  }

  @Override
  public Path output() {
    return OutputPath.output(spec.output(), configuration);
  }

  @Override
  public Snapshot snapshot() {
    List<InputFile> files = new ArrayList<>();
    table.files().forEach((path, bytes) -> files.add(new InputFile(status(path, bytes), Map.of())));
    return new Snapshot(files, List.of(), List.of(), table.snapshot());
  }

  private FileStatus status(String file, long bytes) {
    Path path = new Path(file);
    try {
      FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
      if (status.getLen() != bytes) {
        throw new InputException(
            ErrorName.INPUT_CHANGED,
            "the file "
                + file
                + " has "
                + Counted.of(status.getLen(), "byte")
                + ", and the table "
                + table.name()
                + " says "
                + bytes
                + ": somebody wrote to it past the table.");
      }
      return status;
    } catch (FileNotFoundException e) {
      throw new InputException(
          ErrorName.INPUT_NOT_FOUND,
          "the file "
              + file
              + " of the table "
              + table.name()
              + " is gone. Its snapshot may have expired while it was listed; run again.",
          e);
    } catch (IOException e) {
      throw ListingFailure.of("the file " + file + " of the table " + table.name(), e);
    }
  }

  @Override
  public List<Footer> columns(List<Footer> footers) {
    return table.columns(footers);
  }
}

package dev.sigmax.parquet.footer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sigmax.spark.SessionSettings;
import dev.sigmax.testing.DuckDb;
import dev.sigmax.testing.SparkTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootersTest extends SparkTest {
  /** More than are read without a Spark job. */
  private static final int FILES = 40;

  private List<String> files() throws Exception {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      String file = path("part-" + i + ".parquet");
      files.add(file);
      DuckDb.run(
          "COPY (SELECT %d + i AS id, sin(%d + i) AS logit, repeat('a', %d) AS name FROM range(10) t(i))"
                  .formatted(i, i, 100 * i)
              + " TO '"
              + file
              + "' (FORMAT parquet)");
    }
    return files;
  }

  @Test
  void footersReadByASparkJobAreThoseThatAreReadHere() throws Exception {
    List<String> files = files();
    assertEquals(
        Footers.read(files, SessionSettings.hadoop(spark())), Footers.read(spark(), files));
  }

  @Test
  void whatTheCallersJobsAreCalledStays() throws Exception {
    String property = "spark.job.description";
    List<String> files = files();
    spark().sparkContext().setJobDescription("the caller's");
    try {
      Footers.read(spark(), files);
      assertEquals("the caller's", spark().sparkContext().getLocalProperty(property));
    } finally {
      spark().sparkContext().setJobDescription(null);
    }
    Footers.read(spark(), files);
    assertNull(spark().sparkContext().getLocalProperty(property));
  }

  /** The driver holds the footers of all files at once, and there may be a million. */
  @Test
  void footersOfOneTaskShareWhatIsEqual() throws Exception {
    List<Footer> footers = Footers.read(spark(), files());
    Footer first = footers.get(0);
    Footer second = footers.get(1);
    assertSame(first.schema(), second.schema());
    assertSame(first.codecs(), second.codecs());
    assertSame(first.columns().get("id").encodings(), second.columns().get("id").encodings());
    assertNotEquals(first.columns().get("id"), second.columns().get("id"));
    // Of texts nothing but a size is told of each file, and it differs.
    assertSame(first.columns().get("name"), second.columns().get("name"));
  }
}

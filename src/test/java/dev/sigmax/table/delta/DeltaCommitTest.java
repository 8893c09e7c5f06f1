package dev.sigmax.table.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigmax.testing.FullDisk;
import dev.sigmax.testing.Program;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens between a run and others at the commit, and what is said of it. */
class DeltaCommitTest extends DeltaTest {
  @BeforeEach
  void makeTable() {
    create(COLUMNS);
    input("a.parquet", THREE_ROWS);
  }

  @Test
  void ofTwoSameRunsAtOnceOneCommits() {
    Program[] first = new Program[1];
    InterruptedLogStore.atNextCommit(
        commit -> {
          first[0] = elsewhere(this::scoreToTable);
          commit.run();
        });
    Program second = scoreToTable();
    assertPublished(first[0]);
    assertTrue(first[0].out().startsWith("published"), first[0].out());
    assertPublished(second);
    assertTrue(second.out().startsWith("already published"), second.out());
    assertEquals(3, rows().size());
    assertEquals(2, history().size());
    assertEquals(1, folders().size(), "the files of the second are gone");
  }

  @Test
  void runsOfDifferentInputsCommitBesideEachOther() {
    input("../other/b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    Program[] first = new Program[1];
    InterruptedLogStore.atNextCommit(
        commit -> {
          first[0] = elsewhere(() -> scoreToTable(folder.resolve("other")));
          commit.run();
        });
    assertPublished(scoreToTable());
    assertPublished(first[0]);
    assertEquals(6, rows().size());
    assertEquals(3, history().size());
  }

  @Test
  void aCommitWithoutAnAnswerThatIsInTheLogIsPublished() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          commit.run();
          throw new IOException("no answer");
        });
    Program run = scoreToTable();
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(3, rows().size());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  static Stream<Error> errorsBehindTheCommit() {
    return Stream.of(FullDisk.error("a"), new NoClassDefFoundError("Gone"));
  }

  @ParameterizedTest
  @MethodSource("errorsBehindTheCommit")
  void anErrorBehindTheCommitLeavesTheTableItsFiles(Error failure) {
    InterruptedLogStore.atNextCommit(
        commit -> {
          commit.run();
          throw failure;
        });
    Program run = scoreToTable();
    assertEquals(3, rows().size(), run.err());
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void anErrorBeforeTheCommitLeavesNothing() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          throw FullDisk.error("a");
        });
    assertSaid(5, scoreToTable(), "No space left on device");
    assertEquals(List.of(), folders());
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgain() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          throw new IOException("no answer");
        });
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void aStoreThatFailsWhileOthersCommitIsAskedAgain() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          elsewhere(
              () -> {
                sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
                return null;
              });
          throw new IOException("no answer");
        });
    assertPublished(scoreToTable());
    assertEquals(4, rows().size());
  }

  @Test
  void aCommitThatArrivesLateIsFoundByTheNextTry() {
    InterruptedLogStore.atNextCommit(
        late -> {
          InterruptedLogStore.atNextCommit(
              again -> {
                late.run();
                again.run();
              });
          throw new IOException("no answer");
        });
    Program run = scoreToTable();
    assertPublished(run);
    assertTrue(run.out().startsWith("published"), run.out());
    assertEquals(3, rows().size());
    assertEquals(2, history().size());
  }

  @Test
  void manyOthersMayBeFirst() {
    othersFirst(6);
    assertPublished(scoreToTable());
    assertEquals(9, rows().size());
  }

  private void othersFirst(int times) {
    InterruptedLogStore.atNextCommit(
        commit -> {
          elsewhere(
              () -> {
                sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
                return null;
              });
          if (times > 1) {
            othersFirst(times - 1);
          }
          commit.run();
        });
  }

  @Test
  void aStoreThatNeverAnswersIsAskedAFewTimesAndLeavesTheFilesAndSaysSo() {
    AtomicInteger asked = new AtomicInteger();
    failForever(asked);
    Program run = scoreToTable();
    InterruptedLogStore.atNextCommit(null);
    assertSaid(5, run, "cannot be told", "PUBLICATION_UNKNOWN", "no answer");
    assertEquals(4, asked.get());
    assertEquals(1, folders().size(), "the commit may still arrive");
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void aLogThatMayNotBeWrittenIsTriedOnceAndNothingIsLeft() {
    AtomicInteger asked = new AtomicInteger();
    denyForever(asked);
    Program run = scoreToTable();
    InterruptedLogStore.atNextCommit(null);
    assertSaid(5, run, "OUTPUT_NO_PERMISSION", "user=nobody", "nothing of it is in the table");
    assertEquals(1, asked.get());
    assertEquals(List.of(), folders());
    assertEquals(1, history().size());
  }

  @Test
  void aLogThatIsClosedAfterATryWithoutAnAnswerLeavesTheFiles() {
    AtomicInteger asked = new AtomicInteger();
    InterruptedLogStore.atNextCommit(
        commit -> {
          denyForever(asked);
          throw new IOException("no answer");
        });
    Program run = scoreToTable();
    InterruptedLogStore.atNextCommit(null);
    assertSaid(5, run, "cannot be told", "PUBLICATION_UNKNOWN", "user=nobody");
    assertEquals(1, asked.get());
    assertEquals(1, folders().size(), "the first try may still arrive");
  }

  private static void denyForever(AtomicInteger asked) {
    InterruptedLogStore.atNextCommit(
        commit -> {
          asked.incrementAndGet();
          denyForever(asked);
          throw new AccessControlException("user=nobody may not write");
        });
  }

  private static void failForever(AtomicInteger asked) {
    InterruptedLogStore.atNextCommit(
        commit -> {
          asked.incrementAndGet();
          failForever(asked);
          throw new IOException("no answer");
        });
  }

  @Test
  void columnsThatChangeMeanwhileAreAConflict() {
    InterruptedLogStore.atNextCommit(
        commit -> {
          sql("ALTER TABLE %s ADD COLUMN more INT");
          commit.run();
        });
    assertSaid(7, scoreToTable(), "TABLE_CONFLICT", "nothing of it is in the table");
    assertEquals(List.of(), folders());
    assertPublished(scoreToTable());
    assertEquals(3, rows().size());
  }

  @Test
  void rowsThatWereDeletedSinceAreNeitherPublishedNorAddedAgain() {
    assertPublished(scoreToTable());
    sql("DELETE FROM %s WHERE id = 1");
    assertSaid(5, scoreToTable(), "deleted or overwritten since");
    assertEquals(2, rows().size());
  }

  @Test
  void rowsOfOthersMayBeDeleted() {
    assertPublished(scoreToTable());
    sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
    sql("DELETE FROM %s WHERE id = 9");
    assertTrue(scoreToTable().out().startsWith("already published"));
  }

  @Test
  void rowsThatWereWrittenAgainAreStillPublished() {
    assertPublished(scoreToTable());
    sql("INSERT INTO %s VALUES (9, 1, 0, 0, 1, null)");
    sql("OPTIMIZE %s");
    assertTrue(scoreToTable().out().startsWith("already published"));
    sql("DELETE FROM %s WHERE id = 9");
    assertSaid(5, scoreToTable(), "deleted or overwritten since");
  }

  @Test
  void aRunThatWasRestoredAwayPublishesAgain() {
    assertPublished(scoreToTable("--run-id", "first"));
    input("b.parquet", THREE_ROWS.replace("(1, ", "(4, "));
    assertPublished(scoreToTable("--run-id", "second"));
    sql("RESTORE TABLE %s TO VERSION AS OF 1");
    assertEquals(3, rows().size());
    assertPublished(scoreToTable("--run-id", "second"));
    assertEquals(9, rows().size());
    assertTrue(scoreToTable("--run-id", "second").out().startsWith("already published"));
    sql("RESTORE TABLE %s TO VERSION AS OF 2");
    assertEquals(9, rows().size());
  }
}

package dev.sigmax.table.delta;

import dev.sigmax.testing.TableKills;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver is killed at random moments of a run that publishes to a Delta table; {@code
 * scripts/torture} does so.
 */
class DeltaKillIT extends DeltaTest {
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  @EnumSource(TableKills.Mode.class)
  void aKillAtAnyMomentLeavesAllRowsOfTheRunOrNone(TableKills.Mode mode) {
    create("id BIGINT, prob_a FLOAT, prob_b FLOAT, row_sum DOUBLE, row_issue STRING");
    Map<String, String> catalog =
        Map.of(
            "spark.sql.catalog." + DyingRun.CATALOG,
            FolderCatalog.class.getName(),
            "spark.sql.catalog." + DyingRun.CATALOG + ".root",
            data().getParent().toString());
    catalog.forEach((key, value) -> delta.conf().set(key, value));
    new TableKills(
            new TableKills.Place(delta, table, DyingRun.CATALOG + ".db.scores", data(), catalog),
            mode,
            in())
        .run("Delta table");
  }
}

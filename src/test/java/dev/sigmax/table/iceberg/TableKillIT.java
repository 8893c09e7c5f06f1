package dev.sigmax.table.iceberg;

import dev.sigmax.testing.TableKills;
import java.util.Map;
import org.apache.iceberg.spark.SparkCatalog;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver is killed at random moments of a run that publishes to an Iceberg table; {@code
 * scripts/torture} does so.
 */
class TableKillIT extends TableTest {
  @ParameterizedTest
  @EnabledIfSystemProperty(named = "sigmax.torture", matches = "true")
  @EnumSource(TableKills.Mode.class)
  void aKillAtAnyMomentLeavesAllRowsOfTheRunOrNone(TableKills.Mode mode) {
    create("id BIGINT, prob_a FLOAT, prob_b FLOAT, row_sum DOUBLE, row_issue STRING");
    String setting = "spark.sql.catalog." + catalog;
    new TableKills(
            new TableKills.Place(
                spark(),
                table,
                table,
                folder.resolve("warehouse/db/scores/data"),
                Map.of(
                    setting,
                    SparkCatalog.class.getName(),
                    setting + ".type",
                    "hadoop",
                    setting + ".warehouse",
                    folder.resolve("warehouse").toUri().toString())),
            mode,
            in())
        .run("Iceberg table");
  }
}

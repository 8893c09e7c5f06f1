package dev.sigmax.table;

import java.util.Optional;

/** Tells which rows a file of a table may hold, by one of the fields that it is partitioned by. */
public interface PartitionRule {
  /**
   * What all values between two have in common: rows for which it is equal may be in one file,
   * whose least and largest value then prove that they are of one partition. Empty where the values
   * may be of several. Nulls are a partition of their own, whatever the rule.
   *
   * @param least as {@link dev.sigmax.parquet.footer.ValueRange.Between} has it; included
   * @param most included
   * @throws dev.sigmax.error.OutputException for a value that no partition can have
   */
  Optional<Object> inOneFile(Object least, Object most);
}

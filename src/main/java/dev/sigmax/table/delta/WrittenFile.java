package dev.sigmax.table.delta;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.utils.DataFileStatus;
import java.util.Map;

/**
 * A file of a run, as the log is to have it.
 *
 * @param partition the one value that all its rows have of each column that the table is
 *     partitioned by
 */
record WrittenFile(DataFileStatus status, Map<String, Literal> partition) {}

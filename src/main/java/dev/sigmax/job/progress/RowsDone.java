package dev.sigmax.job.progress;

import java.util.OptionalLong;

/**
 * How far a write of scored rows is, as its tasks end. For the eye alone: a task that runs twice is
 * counted twice.
 *
 * @param scored rows that were read and scored, at most {@code all}
 * @param written rows of them that were written; the others are left out for the quarantine
 * @param bad rows of them with an issue; empty where that is not seen before the check
 * @param all rows that the write will score
 */
public record RowsDone(long scored, long written, OptionalLong bad, long all) {}

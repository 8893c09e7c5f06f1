package dev.sigmax.input;

import java.time.Instant;

/** The snapshot of a table whose files are read. */
public record SnapshotOfTable(String table, long id, Instant committedAt) {}

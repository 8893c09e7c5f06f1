/**
 * Which files a run reads: paths, globs and Hive partitions, listed once. What is skipped is named,
 * and what Spark would skip in silence is refused. Opens no file.
 */
package dev.sigmax.input.snapshot;

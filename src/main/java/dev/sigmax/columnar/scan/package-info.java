/**
 * What the columnar path reads: Spark's scans by our own readers, in batches that say where they
 * stand in their file, and the tasks that a scan is cut into. Knows no scores.
 */
package dev.sigmax.columnar.scan;

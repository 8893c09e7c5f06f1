/**
 * The columnar path at work: Spark's physical nodes that score batches and write them, inside
 * Spark's commit protocol.
 */
package dev.sigmax.columnar.exec;

/**
 * What a failure on Spark amounts to: who caused it, which file it was, and what a person is told.
 */
package dev.sigmax.job.failure;

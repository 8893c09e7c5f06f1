/**
 * What a job comes to on its data: classes, labels, columns, the run's identity, and what sets it
 * apart from a published run. Starts no Spark and writes nothing.
 */
package dev.sigmax.job.plan;

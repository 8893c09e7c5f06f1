/**
 * Where a run publishes and which rows it takes: a folder or a table, all of a job's input or a
 * portion of it, and what is there already.
 */
package dev.sigmax.job.target;

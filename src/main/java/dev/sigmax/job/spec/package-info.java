/** What was asked: the job file, its keys, and the job that they describe. Knows no data. */
package dev.sigmax.job.spec;

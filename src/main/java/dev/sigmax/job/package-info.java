/**
 * A run as a whole: the job as a person gave it, what it comes to on the data, and the road from
 * the snapshot to the publication. Knows all below; knows no command line.
 */
package dev.sigmax.job;

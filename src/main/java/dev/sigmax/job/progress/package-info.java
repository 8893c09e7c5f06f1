/** How far a run is, told to people, to Spark's web page and to metrics while it goes on. */
package dev.sigmax.job.progress;

/** How far a run's scores are from an earlier run's, from what the two manifests counted. */
package dev.sigmax.job.drift;

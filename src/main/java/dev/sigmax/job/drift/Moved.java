package dev.sigmax.job.drift;

import dev.sigmax.output.Manifest;

/**
 * A quantity of two runs, and how far it moved between them.
 *
 * @param what its name
 * @param then what it was in the earlier run, in a few words; empty where that run did not say
 * @param now what it is
 */
public record Moved(String what, Manifest.Distance distance, String then, String now) {}

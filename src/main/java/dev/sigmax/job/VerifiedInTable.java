package dev.sigmax.job;

import dev.sigmax.output.Manifest;
import org.apache.hadoop.fs.Path;

/**
 * A run that is in a table, with its files as its manifest says.
 *
 * @param folder where they are
 * @param how since when it is there, and what a person should know of it
 */
public record VerifiedInTable(Path folder, Manifest manifest, String how) {}

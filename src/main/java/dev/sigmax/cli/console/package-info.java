/**
 * The standard streams: the log, the line that shows how far a run is, and what keeps passwords out
 * of both.
 */
package dev.sigmax.cli.console;

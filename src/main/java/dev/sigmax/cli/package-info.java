/**
 * The command line: commands, options, exit codes, and what is printed where. The only place that
 * maps failures to exit codes.
 */
package dev.sigmax.cli;

/**
 * The command line: commands, options and exit codes. The only place that maps failures to exit
 * codes.
 */
package dev.sigmax.cli;

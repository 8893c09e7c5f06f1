/** The Spark of this process: whether it is there, whether it can start, and its session. */
package dev.sigmax.cli.session;

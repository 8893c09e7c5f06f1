/** What commands print as their results: texts for people, JSON for programs. */
package dev.sigmax.cli.result;

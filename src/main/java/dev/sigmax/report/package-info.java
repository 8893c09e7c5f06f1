/** What people look at: texts of a run and of an input. Knows nothing of how they came about. */
package dev.sigmax.report;

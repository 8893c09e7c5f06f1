/** Doing it: the session, the scored rows, the gate, the manifest, and what failures mean. */
package dev.sigmax.job.run;

/** Doing it: the session, the scored rows, the gate, the manifest, and the page of a run. */
package dev.sigmax.job.run;

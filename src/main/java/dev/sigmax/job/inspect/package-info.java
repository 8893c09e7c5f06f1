/** Looking at an input: what may be logits, what speaks for which task, and what looks wrong. */
package dev.sigmax.job.inspect;

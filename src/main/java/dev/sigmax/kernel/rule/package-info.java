/**
 * How a row is scored and judged, in the words that jobs, functions and services share: the task,
 * what is done with its logits, what may be wrong with it, and what is added to its probabilities.
 * Knows Java alone, and no arithmetic beyond a row's own numbers.
 */
package dev.sigmax.kernel.rule;

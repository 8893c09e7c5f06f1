/**
 * What went wrong, by whose move it is: the user's, that of what a run stands on, or nobody's yet.
 * And how messages count things. Known to every other package; knows none. Exit codes are not
 * decided here.
 */
package dev.sigmax.error;

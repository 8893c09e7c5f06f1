/**
 * What Sigmax refuses, by whose move it is. Known to every other package; knows none. Exit codes
 * are not decided here.
 */
package dev.sigmax.refusal;

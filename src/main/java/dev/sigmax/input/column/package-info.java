/**
 * Which columns of a table are logits, which are kept beside the scores, and how the files of a
 * table differ in them. Reads no values.
 */
package dev.sigmax.input.column;

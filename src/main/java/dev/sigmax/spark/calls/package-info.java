/**
 * How Spark's analyser meets our functions: calls by their names, arguments by theirs, and the name
 * of a column that a call makes.
 */
package dev.sigmax.spark.calls;

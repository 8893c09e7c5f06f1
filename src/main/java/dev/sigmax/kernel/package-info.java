/**
 * The mathematics: sigmoid, softmax, their sums, and what is wrong with a row. Imports java.* and
 * the Vector API, nothing else; knows no Spark, no Parquet, no files.
 */
package dev.sigmax.kernel;

/** What the tests stand on: a shared Spark, the program in this process, DuckDB from outside. */
package dev.sigmax.testing;

/**
 * The columnar path: scan, score and write without rows, inside Spark's planner and Spark's commit
 * protocol. Knows the functions and the kernel; a plan that does not fit is left to the row path,
 * which gives the same bits.
 */
package dev.sigmax.columnar;

/**
 * The columnar path in Spark's planner: which plans it fits, and what takes their place. A plan
 * that does not fit is left to the row path, which gives the same bits, with the reason.
 */
package dev.sigmax.columnar.plan;

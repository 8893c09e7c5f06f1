/**
 * What is Spark's own business: every use of types that Spark does not promise to keep stands here,
 * or in the columnar plan and its nodes.
 */
package dev.sigmax.spark;

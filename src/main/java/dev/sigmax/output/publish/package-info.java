/**
 * The step by which a prepared run comes to count, all of it or nothing, and the folders that it
 * takes. Knows files and manifests; knows no Spark.
 */
package dev.sigmax.output.publish;

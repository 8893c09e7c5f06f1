/** Sigmax as a stage of Spark ML's pipelines. Spark ML need not be there for anything else. */
package dev.sigmax.ml;

/**
 * Values as parquet-java, the reference implementation, decodes them, one by one: to look at some
 * before Spark is there, and to tell a damaged file from one that another reader does not support.
 */
package dev.sigmax.parquet.reference;

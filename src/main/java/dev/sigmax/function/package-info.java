/**
 * Typed Spark functions over the kernel, their catalog, and how rows become kernel calls and back.
 * Knows the kernel and Spark; knows no files and no jobs.
 */
package dev.sigmax.function;

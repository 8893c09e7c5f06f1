/**
 * Tables of a Spark catalog, whatever their format: what one has to offer so that runs can publish
 * to it and read it, and what its history tells of a run. Each format has a room of its own below
 * this one.
 */
package dev.sigmax.table;

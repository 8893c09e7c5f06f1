/** Columns to pages, row groups and files. Knows columns and their ranges; knows no scores. */
package dev.sigmax.parquet.write;

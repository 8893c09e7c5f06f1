package dev.sigmax.parquet.read;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Levels in the deprecated encoding, which only parquet-java reads. */
public final class PackedLevels {
  /** The encoding's name. Its constant is deprecated as well. */
  public static final String ENCODING = "BIT_PACKED";

  private PackedLevels() {}

  /**
   * Whether a column chunk may have them. parquet-java names the encoding where there are no
   * levels, and never packs any so.
   *
   * @param createdBy the file's writer, as it names itself; null where it does not
   */
  public static boolean mayBeIn(
      ColumnChunkMetaData chunk, ColumnDescriptor column, String createdBy) {
    return column.getMaxDefinitionLevel() > 0
        && chunk.getEncodings().stream().anyMatch(encoding -> encoding.name().equals(ENCODING))
        && !String.valueOf(createdBy).startsWith("parquet-mr");
  }
}

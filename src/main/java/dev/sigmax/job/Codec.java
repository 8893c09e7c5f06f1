package dev.sigmax.job;

/** How the output is compressed. */
public enum Codec {
  SNAPPY,
  ZSTD,
  NONE
}

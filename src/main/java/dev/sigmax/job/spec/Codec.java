package dev.sigmax.job.spec;

/** How the output is compressed. */
public enum Codec {
  SNAPPY,
  ZSTD,
  NONE
}

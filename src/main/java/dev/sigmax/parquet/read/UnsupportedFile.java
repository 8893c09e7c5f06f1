package dev.sigmax.parquet.read;

/** Says why this package does not read a file, which others may. */
public final class UnsupportedFile extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedFile(String why) {
    super(why);
  }
}

package dev.sigmax.files;

/** Names that whoever reads a folder as a table passes over, as Spark does. */
public final class HiddenName {
  private HiddenName() {}

  /** Whether a file or folder of this name, without the way to it, is no data to readers. */
  public static boolean is(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }
}

package dev.sigmax.arrow;

/** An Arrow file that contradicts itself or the format; the message says how, for a person. */
public final class DamagedFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedFile(String message) {
    super(message);
  }

  /** Where what a header says points beyond it. */
  static DamagedFile inHeader(RuntimeException e) {
    if (e instanceof DamagedFile told) {
      return told;
    }
    DamagedFile damaged =
        new DamagedFile("its headers make no sense (" + e.getClass().getSimpleName() + ")");
    damaged.addSuppressed(e);
    return damaged;
  }

  /** The same with the column that it is about. */
  static DamagedFile in(String column, RuntimeException e) {
    boolean told = e instanceof DamagedFile || e instanceof UnsupportedOperationException;
    DamagedFile damaged =
        new DamagedFile(
            "the column "
                + column
                + (told
                    ? ": " + e.getMessage()
                    : " makes no sense (" + e.getClass().getSimpleName() + ")"));
    damaged.addSuppressed(e);
    return damaged;
  }
}

package dev.sigmax.testing;

/** What goes wrong on {@link FaultyFiles}. */
public enum Fault {
  /** One writing operation fails. */
  FAIL,
  /** One writing operation fails, and all after it. */
  BREAK,
  /** From one writing operation on nobody may write. */
  DENY,
  /** From one reading operation on nobody may read. */
  DENY_READING,
  /** From one writing operation on there is no space. */
  FULL,
  /** A file loses its second half when it is closed, without a word. */
  TRUNCATE,
  /** A rename says that it was done, and was not. */
  LIE,
  /** One reading operation fails. */
  FAIL_READING,
  /** Nothing: someone else does something meanwhile. */
  MEANWHILE,
  /** The process ends at once. */
  HALT,
  /** The process is asked to end, and goes on meanwhile. */
  INTERRUPT
}

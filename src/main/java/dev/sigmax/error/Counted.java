package dev.sigmax.error;

import java.util.Locale;

/** Numbers with their noun, as people read them: {@code 1 file}, {@code 12,000 files}. */
public final class Counted {
  private Counted() {}

  /** Of a noun whose plural has an s. */
  public static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** Of a noun in both its forms. */
  public static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}

package dev.sigmax.refusal;

import java.util.regex.Pattern;

/**
 * Takes passwords out of what people read: in {@code scheme://user:password@host} everything before
 * the last {@code @}, also where a path was made of it, with one slash. A user alone stays, as it
 * names the container on some stores. The log's pattern in {@code conf/log4j2.properties} does the
 * same.
 */
public final class Redaction {
  private static final Pattern USER_INFO = Pattern.compile("(:/+)[^/@:\\s\"]*:[^/\\s\"]+@");

  private Redaction() {}

  /** The text without passwords. */
  public static String of(String text) {
    return USER_INFO.matcher(text).replaceAll("$1(redacted)@");
  }
}

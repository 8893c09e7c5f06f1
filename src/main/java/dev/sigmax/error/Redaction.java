package dev.sigmax.error;

import java.util.regex.Pattern;

/**
 * Takes passwords out of what people read: in {@code scheme://user:password@host} everything before
 * the last {@code @}, also where a path was made of it, with one slash; and in a query the values
 * of names such as {@code sig} and {@code token}. A user alone stays, as it names the container on
 * some stores. The log's pattern in {@code conf/log4j2.properties} does the first of these.
 */
public final class Redaction {
  /** Not {@code host:8020/path@x}: digits up to the slash are a port. */
  private static final Pattern USER_INFO = Pattern.compile("(:/+)[^/@:\\s\"]*:(?!\\d+/)[^\\s\"]+@");

  /** The names that Spark takes for secret ones, and that of a shared access signature. */
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)([?&](?:sig|[^=&\\s\"]*(?:secret|password|token|signature|access[.-]?key)[^=&\\s\"]*)=)"
              + "[^&\\s\"]+");

  private static final Pattern LOCAL_PATH = Pattern.compile("\\bfile:/+");

  private Redaction() {}

  /** The text without passwords, and with local paths as a shell knows them. */
  public static String forPeople(String text) {
    return LOCAL_PATH.matcher(of(text)).replaceAll("/");
  }

  /** The text without passwords. */
  public static String of(String text) {
    String named = USER_INFO.matcher(text).replaceAll("$1(redacted)@");
    return QUERY.matcher(named).replaceAll("$1(redacted)");
  }
}

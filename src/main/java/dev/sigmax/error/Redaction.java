package dev.sigmax.error;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
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
              + "(?!\\(redacted:\\p{XDigit}{16}\\))([^&\\s\"]+)");

  private static final Pattern LOCAL_PATH = Pattern.compile("\\bfile:/+");

  private static final String LOCAL_SCHEME = "file:";

  /** So few bytes of a digest do not give two files one name. */
  private static final int DIGEST_BYTES = 8;

  private Redaction() {}

  /** The text without passwords, and with local paths as a shell knows them. */
  public static String forPeople(String text) {
    return LOCAL_PATH.matcher(of(text)).replaceAll("/");
  }

  /** The text without passwords; what {@link #ofFile} left in their place stays. */
  public static String of(String text) {
    return QUERY.matcher(withoutUserInfo(text)).replaceAll("$1(redacted)");
  }

  /**
   * The path of one file without passwords, which still tells it from any other: a value that is
   * taken out of a query leaves the beginning of its SHA-256. Files are saved under the signed
   * addresses that they were fetched from, which differ in the signature alone.
   *
   * @param path with its scheme; a local one has no user and password
   * @return what is the same however often passwords are taken out of it
   */
  public static String ofFile(String path) {
    String named = path.startsWith(LOCAL_SCHEME) ? path : withoutUserInfo(path);
    return QUERY
        .matcher(named)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + "(redacted:" + digest(found.group(2)) + ")"));
  }

  private static String withoutUserInfo(String text) {
    return USER_INFO.matcher(text).replaceAll("$1(redacted)@");
  }

  private static String digest(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.sigmax.report.html;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML and SVG. Whatever text and attributes hold, the page is the one that the calls
 * describe: all of it is escaped, and characters that no page may hold become U+FFFD.
 */
final class Markup {
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder page = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; attributes come as names and values in turn. */
  Markup open(String element, String... attributes) {
    tag(element, attributes).append('>');
    open.push(element);
    return this;
  }

  /** Ends the element that was begun last. */
  Markup close() {
    page.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element of HTML that has no end, such as {@code meta}. */
  Markup single(String element, String... attributes) {
    tag(element, attributes).append('>');
    return this;
  }

  /** An element of SVG without content. */
  Markup shape(String element, String... attributes) {
    tag(element, attributes).append("/>");
    return this;
  }

  /** An element that holds a text. */
  Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** A text. */
  Markup text(String text) {
    escape(text);
    return this;
  }

  /** What is markup already, and ours. */
  Markup raw(String markup) {
    page.append(markup);
    return this;
  }

  private StringBuilder tag(String element, String... attributes) {
    page.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      page.append('"');
    }
    return page;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
              }
            });
  }

  /**
   * No control characters, no halves of a pair, nothing that turns the direction of what follows.
   */
  private static boolean isAllowed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t';
      case Character.SURROGATE, Character.UNASSIGNED -> false;
      case Character.FORMAT -> c == 0x200C || c == 0x200D;
      default -> true;
    };
  }

  /** The page, all of whose elements are ended. */
  String page() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not ended: " + open);
    }
    return page.toString();
  }
}

package dev.sigmax.report.html;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A picture with its numbers in a table below it. */
public sealed interface Chart permits Histogram, Bars, Lines, Reliability, Grid {
  /** So wide is a picture in units of its own; a telephone shows no fewer pixels. */
  int WIDTH = 320;

  /** The size of letters in the same units: never below 12 pixels. */
  int LETTERS = 12;

  /** A longer name is never shown whole. */
  int LONGEST_NAME = 200;

  /** What it shows. */
  String title();

  /** What it shows, for those who do not see it. */
  String description();

  /** How high it is in units of its own. */
  int height();

  /** Writes what is in the picture. */
  void draw(Markup page);

  /** The names of the table's columns. */
  List<String> columns();

  /** The rows of the table. */
  List<List<String>> numbers();

  /** The whole names of what the table shows less of, by what it shows. */
  default Map<String, String> wholeNames() {
    return Map.of();
  }

  /** Writes the picture and the table; {@code id} is like no other on the page. */
  default void write(Markup page, String id) {
    String size = "0 0 " + WIDTH + " " + height();
    page.open("figure").element("figcaption", title());
    page.open(
        "svg",
        "viewBox",
        size,
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-text",
        "font-size",
        Integer.toString(LETTERS));
    page.element("title", title(), "id", id + "-title");
    page.element("desc", description(), "id", id + "-text");
    draw(page);
    page.close();
    // Of many tables each is told apart by who hears them, and a wide one is scrolled by keys.
    String named = id + "-numbers " + id + "-title";
    page.open("details")
        .element("summary", "The numbers", "id", id + "-numbers", "aria-labelledby", named);
    page.open("div", "class", "wide", "role", "group", "tabindex", "0", "aria-labelledby", named);
    Tables.write(page, columns(), numbers(), wholeNames());
    page.close().close().close();
  }

  /** Writes a straight line of a class of its own. */
  static void line(Markup page, String kind, double x1, double y1, double x2, double y2) {
    page.shape("line", "class", kind, "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2));
  }

  /**
   * Writes a text.
   *
   * @param anchor which of its ends is at {@code x}: start, middle or end
   */
  static void text(Markup page, String text, double x, double y, String anchor) {
    page.element(
        "text", text, "x", at(x), "y", at(y), "text-anchor", anchor, "fill", "currentColor");
  }

  /**
   * Writes what of a name has room, with as much of the name as a person reads where a pointer
   * rests on it.
   *
   * @param anchor as that of a text
   */
  static void name(Markup page, String shown, String name, double x, double y, String anchor) {
    page.open("text", "x", at(x), "y", at(y), "text-anchor", anchor, "fill", "currentColor");
    if (!shown.equals(name)) {
      page.element("title", Texts.shortenedName(name, LONGEST_NAME));
    }
    page.text(shown).close();
  }

  /** A coordinate, with a tenth of a unit. */
  static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}

package dev.sigmax.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A page for people: a file of its own, which loads nothing.
 *
 * @param title for the window
 * @param verdict what there is to say, in a line
 * @param mark what the verdict comes to, as a sign before it
 * @param remarks what a person should know, if anything
 * @param sections one below the other
 */
public record Page(
    String title, String verdict, Mark mark, List<String> remarks, List<Section> sections) {
  private static final int LONGEST_TEXT = 400;

  private static final int MOST_REMARKS = 20;

  /** What a verdict comes to. */
  public enum Mark {
    /** There is nothing to look into. */
    GOOD,
    /** There is. */
    LOOK,
    /** Nothing was judged: no sign. */
    PLAIN
  }

  /** A part of the page under a heading of its own. */
  public sealed interface Section permits Facts, Tiles, Pictures {
    /** Its heading. */
    String heading();
  }

  /** Names with their values. */
  public record Facts(String heading, List<Fact> facts) implements Section {}

  /** A few names with their values, to be seen at a glance. */
  public record Tiles(String heading, List<Fact> facts) implements Section {}

  /** A name with its value. */
  public record Fact(String name, String value) {}

  /**
   * Pictures.
   *
   * @param text a sentence or two before them
   */
  public record Pictures(String heading, String text, List<Chart> charts) implements Section {}

  /** The page as HTML. */
  public String html() {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.single("meta", "charset", "utf-8");
    page.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.single(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'");
    page.element("title", Texts.shortened(title, LONGEST_TEXT));
    page.open("style").raw(style()).close().close();
    page.open("body").open("main").open("header").element("p", title, "class", "title");
    page.element("h1", verdict, "class", mark.name().toLowerCase(Locale.ROOT));
    if (!remarks.isEmpty()) {
      page.open("ul", "class", "remarks");
      remarks.stream()
          .limit(MOST_REMARKS)
          .forEach(remark -> page.element("li", Texts.shortened(remark, LONGEST_TEXT)));
      if (remarks.size() > MOST_REMARKS) {
        page.element("li", "and " + (remarks.size() - MOST_REMARKS) + " more in the manifest");
      }
      page.close();
    }
    page.close();
    for (int i = 0; i < sections.size(); i++) {
      write(page, sections.get(i), "part" + i);
    }
    return page.close().close().close().raw("\n").page();
  }

  private static void write(Markup page, Section section, String id) {
    page.open("section", "aria-labelledby", id);
    page.element("h2", section.heading(), "id", id);
    if (section instanceof Facts facts) {
      write(page.open("dl"), facts.facts());
    } else if (section instanceof Tiles tiles) {
      write(page.open("dl", "class", "tiles"), tiles.facts());
    } else if (section instanceof Pictures pictures) {
      page.element("p", pictures.text());
      page.open("div", "class", "pictures");
      for (int i = 0; i < pictures.charts().size(); i++) {
        pictures.charts().get(i).write(page, id + "-" + i);
      }
      page.close();
    }
    page.close();
  }

  private static void write(Markup page, List<Fact> facts) {
    for (Fact fact : facts) {
      page.open("div").element("dt", fact.name());
      page.element("dd", Texts.shortened(fact.value(), LONGEST_TEXT)).close();
    }
    page.close();
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

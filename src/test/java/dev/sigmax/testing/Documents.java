package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's Markdown, in parts. */
public final class Documents {
  private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.+)$", Pattern.MULTILINE);
  private static final Pattern NOT_IN_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");

  private Documents() {}

  /** A command and what the document says that it prints. */
  public record Printed(String command, String output) {}

  /** Every document of the project. */
  public static List<String> all() {
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"),
              pages.map(Path::toString).filter(name -> name.endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of the code blocks of a language. */
  public static List<String> blocks(String document, String language) {
    Pattern block = Pattern.compile("^```" + language + "\n(.*?)^```", flags());
    return block.matcher(text(document)).results().map(found -> found.group(1)).toList();
  }

  /** The commands that stand alone in a block, with the text in the block that follows. */
  public static List<Printed> printed(String document) {
    Pattern both = Pattern.compile("^```sh\n([^\n]+)\n```\n\n```text\n(.*?)^```", flags());
    return both.matcher(text(document))
        .results()
        .map(found -> new Printed(found.group(1), found.group(2)))
        .toList();
  }

  /** The code spans in running text. */
  public static List<String> spans(String document) {
    return SPAN.matcher(prose(document)).results().map(found -> found.group(1)).toList();
  }

  /** What the document's links and pictures lead to. */
  public static List<String> links(String document) {
    return LINK.matcher(prose(document)).results().map(found -> found.group(1)).toList();
  }

  /** What a link can name behind a {@code #}: the headings as GitHub turns them into anchors. */
  public static Set<String> anchors(String document) {
    Matcher headings = HEADING.matcher(prose(document));
    return headings
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> NOT_IN_AN_ANCHOR.matcher(heading).replaceAll("").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** The first table below a heading: its rows, the column names first, as cells. */
  public static List<List<String>> table(String document, String heading) {
    List<List<String>> rows = new ArrayList<>();
    boolean below = false;
    for (String line : text(document).lines().toList()) {
      if (line.startsWith("#")) {
        below |= line.replaceFirst("^#+ +", "").equals(heading);
      } else if (below && line.startsWith("|")) {
        rows.add(cells(line));
      } else if (!rows.isEmpty()) {
        break;
      }
    }
    if (rows.size() > 1) {
      rows.remove(1);
    }
    return rows;
  }

  private static List<String> cells(String line) {
    String[] parts = line.strip().split("\\|", -1);
    return Arrays.stream(parts, 1, parts.length - 1).map(String::strip).toList();
  }

  /** The whole text. */
  public static String text(String document) {
    try {
      return Files.readString(Path.of(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String prose(String document) {
    return Pattern.compile("^```.*?^```", flags()).matcher(text(document)).replaceAll("");
  }

  private static int flags() {
    return Pattern.DOTALL | Pattern.MULTILINE;
  }
}

package dev.sigmax.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project's Markdown, in parts. */
public final class Documents {
  private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");

  private Documents() {}

  /** The texts of the code blocks of a language. */
  public static List<String> blocks(String document, String language) {
    Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
    return block.matcher(read(document)).results().map(found -> found.group(1)).toList();
  }

  /** The code spans in running text. */
  public static List<String> spans(String document) {
    String text = read(document).replaceAll("(?s)```.*?```", "");
    return SPAN.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static String read(String document) {
    try {
      return Files.readString(Path.of(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.sigmax.cli.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Objects of JSON over several lines, which people can read too. */
public final class ReadableJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReadableJson() {}

  /**
   * Prints an object whose passwords have been taken out where there are some: what is printed as
   * text has them taken out, and names of columns and classes that look like some.
   *
   * @param out stays its owner's to close
   */
  public static void print(String object, PrintStream out) {
    out.writeBytes((object + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
  }

  /** The object as text, its keys in their order. */
  static String of(Map<String, ?> object) {
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

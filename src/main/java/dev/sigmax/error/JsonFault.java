package dev.sigmax.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What is wrong with a JSON text, for people. */
public final class JsonFault {
  private static final Pattern PLACE =
      Pattern.compile("\\[Source: [^\\]]*?line: (\\d+), column: (\\d+)\\]");

  private JsonFault() {}

  /** Jackson's words, in which a place is a line and a column, without what it left out there. */
  public static String told(JsonProcessingException fault) {
    return PLACE
        .matcher(String.valueOf(fault.getOriginalMessage()))
        .replaceAll("line $1, column $2");
  }
}

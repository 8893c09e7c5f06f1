package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * What keeps the vector kernel's loops fast on C2: a method of more than 325 bytes of byte code is
 * never inlined where it is called often (FreqInlineSize), so its vector operations are compiled by
 * themselves. A shorter one would be ten times slower, and no other test would tell.
 */
class LoopSizeTest {
  private static final int NEVER_INLINED = 325;
  private static final Pattern METHOD = Pattern.compile("^  \\S.*;$");
  private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): .*");

  private static Map<String, Integer> byteCodesOf(Class<?> type) {
    StringWriter printed = new StringWriter();
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    int code =
        javap.run(
            new PrintWriter(printed),
            new PrintWriter(printed),
            "-c",
            "-p",
            "-cp",
            "target/classes",
            type.getName());
    assertEquals(0, code, printed::toString);
    Map<String, Integer> sizes = new TreeMap<>();
    String method = "";
    for (String line : printed.toString().lines().toList()) {
      Matcher header = METHOD.matcher(line);
      Matcher instruction = INSTRUCTION.matcher(line);
      if (header.matches()) {
        method = header.group().replaceAll("^.* (?=\\w+\\()|[ ;]", "");
      } else if (instruction.matches()) {
        sizes.put(method, Integer.parseInt(instruction.group(1)));
      }
    }
    return sizes;
  }

  @Test
  void loopsOverExponentialsAreTooLargeToBeInlined() {
    Map<String, Integer> sigmoid = byteCodesOf(VectorSigmoid.class);
    Map<String, Integer> kernel = byteCodesOf(VectorKernel.class);
    for (Integer size :
        new Integer[] {
          sigmoid.get("wholeVectors(float[],int,float[],int,int,int,double)"),
          sigmoid.get("wholeVectors(double[],int,double[],int,int,int,double)"),
          kernel.get("exponentials(float[],int,int,double[],int,double,double[],int)"),
          kernel.get("wholeVectors(double[],int,int,int,double,double,double[],double[])")
        }) {
      assertTrue(size != null && size > NEVER_INLINED, sigmoid + " " + kernel);
    }
  }
}

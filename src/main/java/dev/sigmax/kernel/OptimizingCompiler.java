package dev.sigmax.kernel;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Whether this JVM will compile the Vector API to vector instructions. Only its optimising compiler
 * (C2) does; anywhere else each vector is an object, and a logit costs a hundred times as much.
 */
final class OptimizingCompiler {
  private static final String HIGHEST_TIER = "-XX:TieredStopAtLevel=";
  private static final String NO_VECTORS = "-XX:-EnableVectorSupport";
  private static final String OPTIMISED_TIER = "4";

  private OptimizingCompiler() {}

  /** What stands in its way and which option to change, or null where nothing does. */
  static String obstacle() {
    return obstacle(
        System.getProperty("java.vm.info", ""),
        ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** As {@link #obstacle()}, of a JVM that describes itself so and was given these options. */
  static String obstacle(String vmInfo, List<String> options) {
    if (vmInfo.contains("interpreted")) {
      return "the JVM compiles nothing: remove -Xint from its options";
    }
    String highest = null;
    for (String option : options) {
      if (option.equals(NO_VECTORS)) {
        return "the JVM makes no vector instructions: remove " + NO_VECTORS + " from its options";
      }
      highest = option.startsWith(HIGHEST_TIER) ? option : highest;
    }
    if (highest != null && !highest.equals(HIGHEST_TIER + OPTIMISED_TIER)) {
      return "the JVM's optimising compiler is off: remove " + highest + " from its options";
    }
    return vmInfo.contains("emulated-client")
        ? "the JVM's optimising compiler is off: add -XX:CompilationMode=default to its options"
        : null;
  }
}

package dev.sigmax.kernel;

/**
 * Chooses the kernel once, when first asked, and says why: the vector kernel where the JVM has the
 * Vector API, compiles it, and its answers are right; the scalar kernel everywhere else, with a
 * warning in the log that names the option to change.
 */
public final class Kernels {
  /** A kernel and the reason it serves. */
  public record Choice(Kernel kernel, String why) {}

  /** Set to {@code scalar} or {@code vector} to force a kernel; any other value chooses. */
  public static final String PROPERTY = "sigmax.kernel";

  /**
   * Set to {@code true} where the JVM has no optimising compiler on purpose, since there is so
   * little to score that it would not pay: then the scalar kernel serves without a warning.
   */
  public static final String LITTLE_DATA = "sigmax.little.data";

  private static final System.Logger LOG = System.getLogger(Kernels.class.getName());
  private static final String MODULE = "jdk.incubator.vector";

  private Kernels() {}

  /** The kernel of this JVM. */
  public static Kernel kernel() {
    return Chosen.CHOICE.kernel();
  }

  /** The kernel of this JVM, and why. */
  public static Choice choice() {
    return Chosen.CHOICE;
  }

  /** The plain Java kernel, whatever was chosen. */
  public static Kernel scalar() {
    return ScalarKernel.INSTANCE;
  }

  /**
   * σ(logit / temperature) of one float, correctly rounded at T = 1: the same bits as the kernels.
   */
  public static float sigmoid(float logit, double temperature) {
    return Sigmoid.ofFloat(logit, temperature);
  }

  /** σ(logit / temperature) of one double, within 1 ULP: the same bits as the kernels. */
  public static double sigmoid(double logit, double temperature) {
    return Sigmoid.ofDouble(logit, temperature);
  }

  private static Choice choose(String wanted) {
    if (wanted.equals("scalar")) {
      return new Choice(ScalarKernel.INSTANCE, "asked for with -D" + PROPERTY);
    }
    boolean forced = wanted.equals("vector");
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      String why =
          "the Vector API is not there: add --add-modules=" + MODULE + " to the JVM's options";
      return scalarUnless(forced, why, null);
    }
    String obstacle = OptimizingCompiler.obstacle();
    if (obstacle != null && !forced) {
      return Boolean.getBoolean(LITTLE_DATA)
          ? new Choice(ScalarKernel.INSTANCE, "there is too little data for the vector kernel")
          : scalarUnless(false, obstacle, null);
    }
    try {
      Kernel vector =
          Class.forName("dev.sigmax.kernel.VectorKernel")
              .asSubclass(Kernel.class)
              .getDeclaredConstructor()
              .newInstance();
      if (vector.lanes() < 2) {
        return scalarUnless(forced, "this machine's vectors hold a single double", null);
      }
      if (!KernelSelfTest.agree(vector, ScalarKernel.INSTANCE)) {
        return scalarUnless(
            forced, "the Vector API of this JVM gave other bits in a self-test", null);
      }
      return new Choice(
          forced ? vector : new WarmingKernel(vector, ScalarKernel.INSTANCE),
          "the Vector API works, " + vector.lanes() + " doubles wide");
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      return scalarUnless(forced, "the Vector API of this JVM does not work: " + e, e);
    }
  }

  private static Choice scalarUnless(boolean forced, String why, Throwable cause) {
    if (forced) {
      throw new IllegalStateException("-D" + PROPERTY + "=vector cannot be served: " + why, cause);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "the scalar kernel serves, three to five times slower over long arrays: " + why);
    return new Choice(ScalarKernel.INSTANCE, why);
  }

  private static final class Chosen {
    static final Choice CHOICE = choose(System.getProperty(PROPERTY, "auto"));
  }
}

package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The same bits whichever of the two kernels has served. */
class WarmingKernelTest extends KernelSuite {
  private final Kernel kernel = new WarmingKernel(new VectorKernel(), ScalarKernel.INSTANCE);

  @Override
  Kernel kernel() {
    return kernel;
  }

  @Test
  void isWhatServesUnlessAKernelIsForced() {
    assertEquals(WarmingKernel.class, Kernels.kernel().getClass(), Kernels.choice().why());
  }
}

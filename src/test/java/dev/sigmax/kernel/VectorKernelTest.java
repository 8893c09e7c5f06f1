package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorKernelTest extends KernelSuite {
  @Override
  Kernel kernel() {
    return new VectorKernel();
  }

  /** Without this, a lost flag would compare the scalar kernel with itself and pass. */
  @Test
  void isTheVectorKernel() {
    assertEquals("vector", Kernels.kernel().name(), Kernels.choice().why());
    assertTrue(kernel().lanes() >= 2);
  }
}

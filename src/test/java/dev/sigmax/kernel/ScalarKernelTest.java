package dev.sigmax.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScalarKernelTest extends KernelSuite {
  @Override
  Kernel kernel() {
    return Kernels.scalar();
  }

  @Test
  void isTheScalarKernel() {
    assertEquals("scalar", kernel().name());
  }
}

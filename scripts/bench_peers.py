#!/usr/bin/env python3
"""PyTorch and SciPy for scripts/bench-kernel: name, peer, nanoseconds a logit (median), spread.

The logits and shapes of KernelBenchmark: 2,000 of them, one thread, results into memory that is there.
"""
import statistics
import time

import numpy as np
import scipy.special
import torch

LOGITS = 2000
REPEATS = 15
SECONDS = 0.2


def measure(name, peer, call):
    deadline = time.perf_counter() + 0.5
    while time.perf_counter() < deadline:
        call()
    nanoseconds = []
    for _ in range(REPEATS):
        calls = 0
        start = time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            for _ in range(20):
                call()
            calls += 20
        nanoseconds.append((time.perf_counter() - start) * 1e9 / calls / LOGITS)
    spread = (max(nanoseconds) - min(nanoseconds)) / 2
    print(f"{name},{peer},{statistics.median(nanoseconds):.3f},{spread:.3f}", flush=True)


def main():
    torch.set_num_threads(1)
    logits = np.random.default_rng(1).normal(0, 3, LOGITS)
    shapes = {
        "softmaxArrays10": (200, 10),
        "softmaxArrays100": (20, 100),
        "softmaxArrays1000": (2, 1000),
    }
    with torch.no_grad():
        for name, shape in shapes.items():
            array = logits.astype(np.float32).reshape(shape)
            tensor = torch.from_numpy(array)
            out = torch.empty_like(tensor)
            measure(name, "torch", lambda t=tensor, o=out: torch._softmax(t, 1, False, out=o))
            measure(name, "scipy", lambda a=array: scipy.special.softmax(a, axis=1))
        columns = torch.from_numpy(logits.astype(np.float32).reshape(10, 200))
        out = torch.empty_like(columns)
        measure("softmaxColumns10", "torch", lambda: torch._softmax(columns, 0, False, out=out))
        doubles = torch.from_numpy(logits.reshape(2, 1000))
        double_out = torch.empty_like(doubles)
        measure("softmaxDoubleArrays1000", "torch", lambda: torch._softmax(doubles, 1, False, out=double_out))
        for name, kind in (("sigmoidFloat", np.float32), ("sigmoidDouble", np.float64)):
            array = logits.astype(kind)
            tensor = torch.from_numpy(array)
            result = torch.empty_like(tensor)
            expit = np.empty_like(array)
            measure(name, "torch", lambda t=tensor, r=result: torch.sigmoid(t, out=r))
            measure(name, "scipy", lambda a=array, e=expit: scipy.special.expit(a, out=e))


if __name__ == "__main__":
    main()

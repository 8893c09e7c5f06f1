#!/usr/bin/env python3
"""Regenerates the constants of dev.sigmax.kernel.Exponential and measures their error bound.

exp(r) = 1 + r + r^2 q(r) on |r| <= ln(2)/2, with a little room for the rounding of the reduction.
q(r) = 1/2 + r s(r), and s interpolates at the Chebyshev nodes, in 60 digits; then each coefficient is
rounded to double. Needs mpmath: apt-get install python3-mpmath
"""
import struct
import sys

from mpmath import cos, exp, factorial, log, lu_solve, matrix, mp, mpf, pi

mp.dps = 60
DEGREES = {"Q": 10, "P": 9}  # 1 + r + r^2 q(r) has degree 12, and 11 where a float sum follows
LIMIT = log(2) / 2 * (1 + mpf(2) ** -40)


def s_exact(r):
    """((exp(r) - 1 - r) / r^2 - 1/2) / r, from its series: no cancellation near 0."""
    return sum(r**k / factorial(k + 3) for k in range(40))


def interpolate(count):
    nodes = [LIMIT * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    rows = matrix(count, count)
    for i, r in enumerate(nodes):
        for k in range(count):
            rows[i, k] = r**k
    return list(lu_solve(rows, matrix([s_exact(r) for r in nodes])))


def worst(coefficients):
    found = (mpf(0), mpf(0))
    for g in range(4001):
        r = LIMIT * (2 * mpf(g) / 4000 - 1)
        q = sum(c * r**k for k, c in enumerate(coefficients))
        found = max(found, (abs((1 + r + r**2 * q) / exp(r) - 1), r))
    return found


def main():
    for name, degree in DEGREES.items():
        coefficients = [mpf("0.5")] + [mpf(float(c)) for c in interpolate(degree)]
        for k, c in enumerate(coefficients):
            print(f"  static final double {name}{k} = {float.hex(float(c))};")
        size, where = worst(coefficients)
        print(f"largest relative error of the polynomial: 2^{float(log(size, 2)):.2f} at r = {float(where)!r}")
    bits = struct.unpack("<q", struct.pack("<d", float(log(2))))[0] & ~((1 << 11) - 1)
    high = struct.unpack("<d", struct.pack("<q", bits))[0]
    print(f"  static final double LN2_HIGH = {float.hex(high)};  // 42 bits: k * LN2_HIGH is exact for |k| < 2^11")
    print(f"  static final double LN2_LOW = {float.hex(float(log(2) - mpf(high)))};")
    low = float(log(2) - mpf(high))
    print(f"  what those two leave of ln 2: {float.hex(float(log(2) - mpf(high) - mpf(low)))}")
    print(f"  static final double LN2 = {float.hex(float(log(2)))};")
    print(f"  static final double LOG2_E = {float.hex(float(1 / log(2)))};")


if __name__ == "__main__":
    sys.exit(main())

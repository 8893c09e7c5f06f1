#!/usr/bin/env python3
"""Regenerates src/test/resources/golden/*.txt: softmax and sigmoid in 60 digits, by mpmath.

A line of softmax.txt: type, scenario, temperature, then a pair of words for each class: the logit as a
hexadecimal float, and its probability as two of them, high:low, whose sum is right to 2^-100 or so.
A line of sigmoid.txt: temperature, logit, probability. Needs mpmath: apt-get install python3-mpmath
"""
import pathlib
import random
import struct

from mpmath import exp, mp, mpf

mp.dps = 60
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "src" / "test" / "resources" / "golden"
ROWS = {2: 30, 3: 30, 7: 16, 10: 16, 100: 3, 1000: 1}


def as_float(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def pair(value):
    high = float(value)
    return f"{high.hex()}:{float(value - mpf(high)).hex()}"


def scenarios(random_source, classes):
    """Name and logits of rows that are easy, and of rows that are not."""
    gauss = random_source.gauss
    yield "normal", [gauss(0, 3) for _ in range(classes)]
    yield "huge", [gauss(0, 1) * 10 ** random_source.uniform(0, 30) for _ in range(classes)]
    base = gauss(0, 50)
    yield "nearly-equal", [base + gauss(0, 1e-6) for _ in range(classes)]
    yield "far-apart", [-random_source.uniform(0, 760) for _ in range(classes)]
    yield "subnormal", [random_source.uniform(-1, 1) * 1e-310 for _ in range(classes)]
    masked = [gauss(0, 3) for _ in range(classes)]
    for i in range(1, classes, 2):
        masked[i] = float("-inf")
    yield "masked", masked


def softmax(logits, temperature):
    finite = [mpf(z) if z != float("-inf") else None for z in logits]
    top = max(z for z in finite if z is not None)
    exponentials = [mpf(0) if z is None else exp((z - top) / mpf(temperature)) for z in finite]
    total = sum(exponentials)
    return [e / total for e in exponentials]


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    source = random.Random(20261121)
    with open(FOLDER / "softmax.txt", "w", encoding="ascii") as out:
        for classes, rows in ROWS.items():
            for _ in range(rows):
                for name, logits in scenarios(source, classes):
                    for kind in ("float", "double"):
                        temperature = source.choice([1.0, 1.0, 0.7, 2.5])
                        row = [as_float(z) for z in logits] if kind == "float" else logits
                        words = [
                            f"{float(z).hex()} {pair(p)}"
                            for z, p in zip(row, softmax(row, temperature))
                        ]
                        out.write(f"{kind} {name} {temperature} {' '.join(words)}\n")
    with open(FOLDER / "sigmoid.txt", "w", encoding="ascii") as out:
        points = [0.0, -0.0, 1e-300, -1e-300, 5e-324, 36.7, -36.7, 745.1, -745.1, -709.9, -740.0, -708.4]
        points += [source.uniform(-40, 40) for _ in range(1500)]
        points += [source.uniform(-745, 0) for _ in range(500)]
        points += [source.choice([-1, 1]) * 10 ** source.uniform(-20, 2) for _ in range(500)]
        for z in points:
            temperature = source.choice([1.0, 1.0, 0.7, 2.5])
            probability = 1 / (1 + exp(-mpf(z) / mpf(temperature)))
            out.write(f"{temperature} {z.hex()} {pair(probability)}\n")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Regenerates src/test/resources/golden/*.txt: softmax, sigmoid and their logarithms in 60 digits, by mpmath.

A line of softmax.txt: type, scenario, temperature, then a pair of words for each class: the logit as a
hexadecimal float, and its probability as two of them, high:low, whose sum is right to 2^-100 or so.
A line of sigmoid.txt: temperature, logit, probability. A line of softmax-large.txt: type, scenario, temperature,
then some of its 100,000 classes as index and probability; the logits come of the formula in large_logit. A line of
logarithms.txt: function, label or -, result, then the logits. A line of uncertainty.txt: classes or labels,
temperature, margin, entropy, then the logits. Needs mpmath: apt-get install python3-mpmath
"""
import math
import pathlib
import random
import struct

from mpmath import exp, log, log1p, mp, mpf

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


LARGE = 100_000
LARGE_SCENARIOS = {"normal": (-19, -16), "huge": (70, 0), "nearly-equal": (-44, 3), "far-apart": (-14, -1024),
                   "subnormal": (-149, 0), "masked": (-19, -16)}


def large_logit(i, scenario):
    """Exact in float and in double: 24 bits of a multiplicative hash, scaled by a power of two, and an offset."""
    if scenario == "masked" and i % 2 == 1:
        return float("-inf")
    exponent, offset = LARGE_SCENARIOS[scenario]
    bits = (i * 2654435761 % 2**32) >> 8
    return as_float(math.ldexp(bits, exponent) + offset)


def write_large(out):
    for scenario in LARGE_SCENARIOS:
        row = [large_logit(i, scenario) for i in range(LARGE)]
        for kind, temperature in (("float", 1.0), ("double", 1.0), ("double", 0.7)):
            probabilities = softmax(row, temperature)
            top = max(range(LARGE), key=lambda i: row[i])
            words = [f"{i} {pair(probabilities[i])}" for i in [top, *range(0, LARGE, 997)]]
            out.write(f"{kind} {scenario} {temperature} {' '.join(words)}\n")


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def log_sum_exp(row):
    finite = [mpf(z) for z in row if z != float("-inf")]
    return log(sum(exp(z) for z in finite)) if max(finite) > -1000 else max(finite) + log(
        sum(exp(z - max(finite)) for z in finite))


def logarithm_rows(source):
    """Rows for the logarithms: the scenarios, and rows whose exponentials sum to nearly 1."""
    for classes in (1, 2, 3, 7, 10, 100):
        for _ in range(12):
            for _, row in scenarios(source, classes):
                yield row
            total = log_sum_exp(row := [source.gauss(0, 3) for _ in range(classes)])
            logs = [mpf(z) - total for z in row]
            yield [float(z) for z in logs]
            yield [as_float(float(z)) for z in logs]
            shift = 10 ** source.uniform(-12, -1)
            yield [float(z + shift) for z in logs]
    yield [-math.log(2)] * 2
    yield [-1e-300, -690.0]
    yield [-5e-324, -746.0]
    yield [-1e-40, math.log(1e-40)]
    yield [0.0, -800.0]


def write_logarithms(out, source):
    def write(function, label, value, row):
        out.write(f"{function} {label} {pair(value)} {' '.join(float(z).hex() for z in row)}\n")

    points = [0.0, -0.0, 1e-300, 5e-324, 36.7, -36.7, 745.1, -745.1, 1e10, -1e300, 700.0]
    points += [source.uniform(-40, 40) for _ in range(800)] + [source.uniform(-750, 750) for _ in range(300)]
    points += [source.choice([-1, 1]) * 10 ** source.uniform(-20, 2) for _ in range(300)]
    for z in points:
        write("log_sigmoid", "-", -softplus(-mpf(z)), [z])
        label = source.choice([0.0, 1.0, 0.5, 0.1, source.random(), 10 ** source.uniform(-20, 0)])
        # No product with 0: exp of what is beyond the exponent's range is not worth its digits.
        write("binary_cross_entropy", label.hex(), mpf(label) * softplus(-mpf(z)) + (1 - mpf(label)) * softplus(mpf(z)), [z])
    for row in logarithm_rows(source):
        total = log_sum_exp(row)
        write("logsumexp", "-", total, row)
        label = source.randrange(0, len(row), 2)
        cost = log1p(sum(exp(mpf(z) - mpf(row[label])) for i, z in enumerate(row) if i != label and z != float("-inf")))
        write("cross_entropy", label, cost, row)


def entropy_of(probabilities):
    return -sum(p * log(p) for p in probabilities if p != 0)


def write_uncertainty(out, source):
    """Margin and entropy by their definitions, in digits enough for what the definitions lose."""
    def write(kind, temperature, row):
        if kind == "classes":
            ordered = sorted(probabilities := softmax(row, temperature))
            margin, entropy = ordered[-1] - ordered[-2], entropy_of(probabilities)
        else:
            pairs = [softmax([0.0, z], temperature) for z in row]
            margin = min(abs(p - q) for p, q in pairs)
            entropy = sum(entropy_of(p) for p in pairs)
        out.write(f"{kind} {temperature} {pair(margin)} {pair(entropy)} {' '.join(float(z).hex() for z in row)}\n")

    for classes in (2, 3, 7, 10, 100):
        for _ in range(8 if classes < 100 else 2):
            for _, row in scenarios(source, classes):
                write("classes", source.choice([1.0, 1.0, 0.7, 2.5]), row)
            top = source.gauss(0, 20)
            lead = 10 ** source.uniform(-15, 2.5)
            write("classes", 1.0, [top] + [top - lead * source.uniform(1, 1.5) for _ in range(classes - 1)])
    for labels in (1, 2, 5, 30):
        for _ in range(20 if labels < 30 else 5):
            write("labels", source.choice([1.0, 1.0, 0.7, 2.5]), [source.gauss(0, 4) for _ in range(labels)])
            write("labels", 1.0, [source.choice([-1, 1]) * 10 ** source.uniform(-20, 2.5) for _ in range(labels)])


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
    with open(FOLDER / "softmax-large.txt", "w", encoding="ascii") as out:
        write_large(out)
    with open(FOLDER / "logarithms.txt", "w", encoding="ascii") as out:
        mp.dps = 400  # rows that cancel leave few of them
        write_logarithms(out, source)
    with open(FOLDER / "uncertainty.txt", "w", encoding="ascii") as out:
        write_uncertainty(out, random.Random(20261126))


if __name__ == "__main__":
    main()

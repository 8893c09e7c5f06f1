#!/usr/bin/env python3
"""Regenerates src/test/resources/golden/calibrate.json: the calibrations of the sample data, by Newton's method in numpy.

Slopes and offsets are also held against scikit-learn's own (Platt's method, which stops earlier, so to 1e-4), and
temperatures against scipy's bounded minimiser. The folds of the cross-validation are those of FitRows, computed anew.
Needs numpy, scipy, scikit-learn, pyarrow.
"""
import collections
import json
import pathlib
import struct

import numpy as np
import pyarrow.parquet as parquet
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, logsumexp, softmax
from sklearn.calibration import _sigmoid_calibration

HOME = pathlib.Path(__file__).resolve().parent.parent
FOLDS = 5
MASK = (1 << 64) - 1


def newton(derivatives, start):
    """derivatives(x) gives loss, gradient and Hessian of a convex loss."""
    x = np.array(start, dtype=float)
    loss, gradient, hessian = derivatives(x)
    for _ in range(100):
        step = -np.linalg.solve(hessian, gradient)
        while derivatives(x + step)[0] > loss * (1 + 1e-14) and np.max(np.abs(step)) > 1e-15:
            step /= 2
        x = x + step
        loss, gradient, hessian = derivatives(x)
        if np.max(np.abs(step) / (1 + np.abs(x))) < 1e-13:
            break
    return x


def of_softmax(z, truth, weights, biases):
    """β z + b, with a bias for all classes but the last, or for none."""
    classes = z.shape[1]
    hot = np.eye(classes)[truth]
    # One column for each parameter: by how much it moves each calibrated logit.
    moves = [z] + [np.eye(classes)[i][None, :].repeat(len(z), 0) for i in range(classes - 1 if biases else 0)]

    def derivatives(x):
        u = sum(factor * move for factor, move in zip(x, moves))
        p = softmax(u, axis=1)
        loss = -(weights * (log_softmax(u, axis=1) * hot).sum(axis=1)).sum()
        gradient = np.array([(weights[:, None] * (p - hot) * move).sum() for move in moves])
        means = [(p * move).sum(axis=1) for move in moves]
        hessian = np.array([[(weights * ((p * a * b).sum(axis=1) - ma * mb)).sum()
                             for b, mb in zip(moves, means)] for a, ma in zip(moves, means)])
        return loss, gradient, hessian

    return newton(derivatives, [1.0] + [0.0] * (len(moves) - 1))


def of_sigmoid(z, held, weights):
    """a z + b, by Platt's targets."""
    yes, no = weights[held].sum(), weights[~held].sum()
    target = np.where(held, (yes + 1) / (yes + 2), 1 / (no + 2))
    moves = np.stack([z, np.ones_like(z)])

    def derivatives(x):
        u = x @ moves
        p = expit(u)
        loss = (weights * (np.logaddexp(0, u) - target * u)).sum()
        return loss, moves @ (weights * (p - target)), (moves * (weights * p * expit(-u))) @ moves.T

    return newton(derivatives, [1.0, 0.0])


def mixed(bits):
    x = (bits + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def signed(bits):
    return bits - (1 << 64) if bits >> 63 else bits


def key(logits, held, weight):
    code = 1
    for h in held:
        code = (31 * code + (1231 if h else 1237)) & 0xFFFFFFFF
    bits = (code - (1 << 32) if code >> 31 else code) & MASK
    for z in logits:
        bits = mixed(bits ^ struct.unpack("<Q", struct.pack("<d", z + 0.0))[0])
    return bits if weight == 1 else mixed(bits ^ struct.unpack("<Q", struct.pack("<d", weight))[0])


def folds_of(rows, weights):
    """Equal rows take the numbers of SplitMix64 from their key on, in any order."""
    seen = collections.Counter()
    folds = []
    for (z, held), weight in zip(rows, weights):
        start = key(z, held, weight)
        folds.append(signed(mixed((start + seen[start] * 0x9E3779B97F4A7C15) & MASK)) % FOLDS)
        seen[start] += 1
    return np.array(folds)


def worth(rows, weights, fit, loss):
    """Mean losses: as the rows are, fitted, and each row by the fit without its fold."""
    folds = folds_of(rows, weights)
    everything = np.ones(len(rows), dtype=bool)
    full = fit(everything)
    before, after = loss(None), loss(full)
    held_out = np.empty(len(rows))
    for k in range(FOLDS):
        held_out[folds == k] = loss(fit(folds != k))[folds == k]
    gain = before - held_out
    mean = np.average(gain, weights=weights)
    return full, {
        "before": np.average(before, weights=weights),
        "after": np.average(after, weights=weights),
        "held_out": np.average(held_out, weights=weights),
        "standard_error": np.sqrt((weights ** 2 * (gain - mean) ** 2).sum()) / weights.sum()}


def multiclass(z, truth, weights, biases):
    hot = np.eye(z.shape[1], dtype=bool)[truth]

    def loss(x):
        u = z if x is None else x[0] * z + (np.append(x[1:], 0) if biases else 0)
        return logsumexp(u, axis=1) - u[hot]

    full, losses = worth(list(zip(z, hot)), weights,
                         lambda which: of_softmax(z[which], truth[which], weights[which], biases), loss)
    result = {"temperature": 1 / full[0], "loss": losses}
    if biases:
        bias = np.append(full[1:], 0)
        result["bias"] = list(bias - bias.mean())
    else:
        best = minimize_scalar(lambda t: (weights * (logsumexp(z / t, axis=1) - (z / t)[hot])).sum(),
                               bounds=(0.05, 20), method="bounded", options={"xatol": 1e-10})
        assert abs(best.x - result["temperature"]) < 1e-6
    return result


def sigmoids(z, flags, held, weights):
    """One fit for each column; the flags are those that the folds are made of."""
    def loss(x):
        u = z if x is None else z * x[:, 0] + x[:, 1]
        return (np.logaddexp(0, u) - held * u).mean(axis=1)

    full, losses = worth(
        list(zip(z, flags)), weights,
        lambda which: np.array([of_sigmoid(z[which, i], held[which, i], weights[which]) for i in range(z.shape[1])]),
        loss)
    for i in range(z.shape[1]):
        a, b = _sigmoid_calibration(z[:, i], held[:, i].astype(int), sample_weight=weights)
        assert np.allclose([-a, -b], full[i], atol=1e-4), (a, b, full[i])
    return {"slope": list(full[:, 0]), "offset": list(full[:, 1]), "loss": losses}


def columns(name, names):
    table = parquet.read_table(HOME / "jobs" / "data" / f"{name}.parquet")
    return np.array([table[c].to_pylist() for c in names]).T


def main():
    z = columns("digits", [f"logit_{i}" for i in range(10)]).astype(float)
    truth = columns("digits", ["digit"])[:, 0].astype(int)
    ones = np.ones(len(z))
    weights = columns("digits", ["image_id"])[:, 0] % 7 / 4
    traits = ["even", "prime", "has_loop", "at_least_5"]
    trait_logits = columns("traits", [f"logit_{t}" for t in traits]).astype(float)
    held = columns("traits", traits).astype(bool)
    tumour = columns("tumours", ["logit"]).astype(float)
    benign = columns("tumours", ["benign"]).astype(bool)
    golden = {
        "digits": multiclass(z, truth, ones, False),
        "digits_weighted": multiclass(z, truth, weights, False),
        "digits_bias": multiclass(z, truth, ones, True),
        "traits": sigmoids(trait_logits, held, held, np.ones(len(held))),
        "tumours": sigmoids(tumour, np.hstack([~benign, benign]), benign, np.ones(len(benign))),
    }
    path = HOME / "src" / "test" / "resources" / "golden" / "calibrate.json"
    path.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()

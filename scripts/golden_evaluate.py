#!/usr/bin/env python3
"""Regenerates src/test/resources/golden/evaluate.json and evaluate-*.csv: what scikit-learn says of the sample data and of
made-up hard cases (ties, a class that never holds or always does, weights, logits far apart), in doubles.

What scikit-learn does not define is written out here: the expected calibration error over 15 bins of equal mass, in
fractions, and log-softmax and binary cross-entropy from logits, by mpmath.
Needs scikit-learn 1.8 or newer, pyarrow, mpmath.
"""
import csv
import json
import pathlib
import random
from fractions import Fraction

import numpy as np
import pyarrow.parquet as parquet
from mpmath import exp, log, log1p, mp, mpf
from sklearn import metrics

mp.dps = 50
HOME = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = HOME / "src" / "test" / "resources" / "golden"
BINS = 15


def softmax(row):
    terms = [exp(mpf(z) - max(row)) for z in row]
    return [t / sum(terms) for t in terms]


def sigmoid(z):
    return 1 / (1 + exp(-mpf(z)))


def bce(probability, rest, held):
    """Binary cross-entropy, from a probability and what is left to 1: neither is taken from the other."""
    return -log(probability if held else rest)


def softmax_bce(row, held):
    p = softmax(row)
    return sum(bce(p[i], sum(p[:i] + p[i + 1:]), held[i]) for i in range(len(p))) / len(p)


def sigmoid_bce(row, held):
    return sum(bce(sigmoid(z), sigmoid(-z), y) for z, y in zip(row, held)) / len(row)


def mean(values, weights):
    return float(sum(v * mpf(w) for v, w in zip(values, weights)) / sum(mpf(w) for w in weights))


def ece(said, held, weights, weighted):
    """Of equal probabilities each bin takes a like share of those that held."""
    groups = {}
    for p, y, w in zip(said, held, weights):
        mass, yes = groups.get(p, (0, 0))
        groups[p] = (mass + Fraction(w), yes + (Fraction(w) if y else 0))
    total = sum(mass for mass, _ in groups.values())
    if weighted:
        edges = [total * i / BINS for i in range(BINS + 1)]
    else:
        sizes = [len(part) for part in np.array_split(np.arange(len(said)), BINS)]
        edges = [Fraction(sum(sizes[:i])) for i in range(BINS + 1)]
    error, below = Fraction(0), Fraction(0)
    gaps = [Fraction(0)] * BINS
    for p in sorted(groups):
        mass, yes = groups[p]
        for b in range(BINS):
            share = min(below + mass, edges[b + 1]) - max(below, edges[b])
            if share > 0:
                gaps[b] += yes * share / mass - Fraction(p) * share
        below += mass
    return float(sum(abs(gap) for gap in gaps) / total)


def quality(held, said, score, weights, weighted):
    held, said = np.array(held, dtype=bool), np.array(said, dtype=bool)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        held, said, average="binary", zero_division=0, sample_weight=weights)
    two = len(set(held)) == 2
    return {
        "support": float(np.sum(np.array(weights)[held])),
        "precision": float(precision),
        "recall": float(recall),
        "f1": float(f1),
        "auc": float(metrics.roc_auc_score(held, score, sample_weight=weights)) if two else None,
        "average_precision": float(metrics.average_precision_score(held, score, sample_weight=weights))
        if any(held) else 0.0,
        "ece": ece(score, held, weights, weighted),
    }


def evaluate(task, labels, logits, truth, weights, weighted):
    rows = range(len(logits))
    if task == "multiclass":
        p = np.array([[float(v) for v in softmax(row)] for row in logits])
        index = np.array([labels.index(t) for t in truth])
        held = [[i == t for i in range(len(labels))] for t in index]
        said = p.argmax(axis=1)
        wrong = np.array([[float(sigmoid(z)) for z in row] for row in logits])
        hot = np.array(held, dtype=float)
        result = {
            "loss": mean([-log(softmax(logits[r])[index[r]]) for r in rows], weights),
            "brier": float(np.average(((p - hot) ** 2).sum(axis=1), weights=weights)),
            "accuracy": float(metrics.accuracy_score(index, said, sample_weight=weights)),
            "top_k": {str(k): float(metrics.top_k_accuracy_score(
                index, p, k=k, labels=range(len(labels)), sample_weight=weights))
                for k in (1, 2, 3, 5, 10) if k < len(labels)},
            "ece": ece(p.max(axis=1), said == index, weights, weighted),
            "classes": {label: quality(index == i, said == i, p[:, i], weights, weighted) for i, label in enumerate(labels)},
            "wrong_function": {
                "name": "sigmoid",
                "loss": mean([sigmoid_bce(logits[r], held[r]) for r in rows], weights),
                "right_loss": mean([softmax_bce(logits[r], held[r]) for r in rows], weights),
                "brier": float(np.average(((wrong - hot) ** 2).sum(axis=1), weights=weights)),
                "ece": ece(wrong.max(axis=1), wrong.argmax(axis=1) == index, weights, weighted)},
        }
        assert abs(result["brier"] - metrics.brier_score_loss(
            index, p, labels=range(len(labels)), sample_weight=weights, scale_by_half=False)) < 1e-14
        return result
    if task == "binary":
        z = [row[0] for row in logits]
        yes = [float(sigmoid(v)) for v in z]
        no = [float(sigmoid(-v)) for v in z]
        held = np.array(truth, dtype=bool)
        said = np.array(yes) >= 0.5
        return {
            "loss": mean([sigmoid_bce([v], [y]) for v, y in zip(z, held)], weights),
            "brier": float(metrics.brier_score_loss(held, yes, sample_weight=weights)),
            "accuracy": float(metrics.accuracy_score(held, said, sample_weight=weights)),
            "top_k": {},
            "ece": ece(yes, held, weights, weighted),
            "classes": {labels[0]: quality(~held, ~said, no, weights, weighted), labels[1]: quality(held, said, yes, weights, weighted)},
            "wrong_function": {"name": "softmax", "loss": "Infinity" if not all(held) else 0.0,
                               "brier": float(np.average(~held, weights=weights)),
                               "ece": ece([1.0] * len(yes), held, weights, weighted)},
        }
    p = np.array([[float(sigmoid(z)) for z in row] for row in logits])
    held = np.array(truth, dtype=bool)
    said = p >= 0.5
    wrong = np.array([[float(v) for v in softmax(row)] for row in logits])
    spread = [w for w in weights for _ in labels]
    return {
        "loss": mean([sigmoid_bce(logits[r], held[r]) for r in rows], weights),
        "brier": float(np.average(((p - held) ** 2).mean(axis=1), weights=weights)),
        "accuracy": float(np.average((said == held).mean(axis=1), weights=weights)),
        "top_k": {},
        "ece": ece(p.ravel(), held.ravel(), spread, weighted),
        "classes": {label: quality(held[:, i], said[:, i], p[:, i], weights, weighted) for i, label in enumerate(labels)},
        "wrong_function": {
            "name": "softmax",
            "loss": mean([softmax_bce(logits[r], held[r]) for r in rows], weights),
            "brier": float(np.average(((wrong - held) ** 2).mean(axis=1), weights=weights)),
            "ece": ece(wrong.ravel(), held.ravel(), spread, weighted)},
    }


def sample(name, task, labels, columns, truth):
    table = parquet.read_table(HOME / "jobs" / "data" / f"{name}.parquet")
    logits = [list(map(float, row)) for row in zip(*(table[c].to_pylist() for c in columns))]
    if isinstance(truth, list):
        held = list(zip(*(table[c].to_pylist() for c in truth)))
    else:
        held = [v if isinstance(v, bool) else str(v) for v in table[truth].to_pylist()]
    return evaluate(task, labels, logits, held, [1.0] * len(logits), False)


def hard(name, task, labels, logits, truth, weights):
    """A made-up case: its rows as a file, and what is expected of it with and without weights."""
    with open(GOLDEN / f"evaluate-{name}.csv", "w", newline="") as file:
        out = csv.writer(file)
        flags = [f"is_{label}" for label in labels] if task == "multilabel" else ["truth"]
        out.writerow(["weight", *flags, *(f"logit_{i}" for i in range(len(logits[0])))])
        for row, held, weight in zip(logits, truth, weights):
            out.writerow([repr(weight), *(held if task == "multilabel" else [held]), *map(repr, row)])
    ones = [1.0] * len(logits)
    return {"task": task, "labels": labels,
            "plain": evaluate(task, labels, logits, truth, ones, False),
            "weighted": evaluate(task, labels, logits, truth, weights, True)}


def main():
    digits = [str(i) for i in range(10)]
    traits = ["even", "prime", "has_loop", "at_least_5"]
    golden = {
        "digits": sample("digits", "multiclass", digits, [f"logit_{i}" for i in digits], "digit"),
        "traits": sample("traits", "multilabel", traits, [f"logit_{t}" for t in traits], traits),
        "tumours": sample("tumours", "binary", ["malignant", "benign"], ["logit"], "benign"),
    }
    source = random.Random(16)
    weights = [source.choice([0.0, 0.1, 1.0, 2.5, 1e-9, 300.7]) for _ in range(200)]
    quarters = [[source.randint(-8, 8) / 4 for _ in range(4)] for _ in range(200)]
    golden["ties"] = hard("ties", "multiclass", list("abcd"), quarters, [source.choice("abc") for _ in range(200)], weights)
    far = [[source.gauss(0, 300) for _ in range(3)] for _ in range(100)]
    golden["far"] = hard("far", "multiclass", list("abc"), far, [source.choice("abc") for _ in range(100)], weights[:100])
    halves = [[source.randint(-6, 6) / 2] for _ in range(97)]
    golden["binary"] = hard("binary", "binary", ["0", "1"], halves, [source.random() < 0.4 for _ in halves], weights[:97])
    thirds = [[source.randint(-9, 9) / 3 for _ in range(3)] for _ in range(101)]
    golden["labels"] = hard("labels", "multilabel", list("xyz"), thirds,
                            [(source.random() < 0.3, True, False) for _ in thirds], weights[:101])
    (GOLDEN / "evaluate.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()

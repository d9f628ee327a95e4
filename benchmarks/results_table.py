#!/usr/bin/env python3
"""Prints the tables of results.sh: a row for each of its runs, with mean and spread over the seeds."""

import csv
import json
import pathlib
import statistics
import sys

OUTSIDE = {"notmnist": "notMNIST", "letters": "letters", "unknown-classes": "unknown classes"}


def main():
    folder, names = pathlib.Path(sys.argv[1]), sys.argv[2:]
    print("| | accuracy, % | NLL | ECE | Brier | " + " | ".join(f"AUROC, {o}" for o in OUTSIDE.values())
          + " | seeds | training |")
    print("|---" * (7 + len(OUTSIDE)) + "|")
    commands = []
    for name in names:
        runs = [run for run in sorted((folder / name).iterdir()) if (run / "evaluate.json").exists()]
        if not runs:
            continue
        commands.append((name, (runs[0] / "command").read_text().strip()))
        tests = [read(run / "evaluate.json") for run in runs]
        cells = [spread([100 * test["test_accuracy"] for test in tests], 2)]
        cells += [spread([test[key] for test in tests], digits)
                  for key, digits in (("test_nll", 4), ("test_ece", 4), ("test_brier", 4))]
        for outside in OUTSIDE:
            found = [read(run / f"{outside}.json")["auroc"] for run in runs if (run / f"{outside}.json").exists()]
            cells.append(spread(found, 3))
        cells.append(", ".join(run.name for run in runs))
        cells.append(time([training_seconds(run) for run in runs]))
        print(f"| {name} | " + " | ".join(cells) + " |")
    print()
    for name, command in commands:
        print(f"- {name}: `train {command}`")
    corrupted = {name: read(run) for name in names for run in sorted((folder / name).glob("*/corrupted.json"))[:1]}
    if corrupted:
        print_corrupted(corrupted)


def print_corrupted(runs):
    """Means over the strengths, of the first seed of each run."""
    print("\n| | accuracy, % | NLL | ECE | corrupted: accuracy, % | NLL | ECE |")
    print("|---" * 7 + "|")
    for name, run in runs.items():
        figures = [f"{100 * of['test_accuracy']:.2f} | {of['test_nll']:.3f} | {of['test_ece']:.3f}"
                   for of in (run, run["corrupted"])]
        print(f"| {name} | " + " | ".join(figures) + " |")
    print("\n| accuracy, % | " + " | ".join(runs) + " |")
    print("|---" * (1 + len(runs)) + "|")
    for kind in next(iter(runs.values()))["corruptions"]:
        means = [statistics.mean(of["test_accuracy"] for of in run["corruptions"][kind]) for run in runs.values()]
        print(f"| {kind} | " + " | ".join(f"{100 * mean:.1f}" for mean in means) + " |")


def read(file):
    return json.loads(file.read_text())


def training_seconds(run):
    """Of all epochs, also those before the run was stopped and resumed."""
    with open(run / "run" / "metrics.csv") as file:
        return float(list(csv.DictReader(file))[-1]["seconds"])


def spread(values, digits):
    """Mean, and the sample standard deviation where there are several."""
    if not values:
        return ""
    mean = f"{statistics.mean(values):.{digits}f}"
    return mean if len(values) == 1 else f"{mean} ± {statistics.stdev(values):.{digits}f}"


def time(seconds):
    median = statistics.median(seconds)
    return f"{median:.0f} s" if median < 120 else f"{median / 60:.0f} min"


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Prints the tables of results.sh: a row for each of its runs, with mean and spread over the seeds."""

import csv
import json
import pathlib
import statistics
import sys

OUTSIDE = {"notmnist": "notMNIST", "letters": "letters"}


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

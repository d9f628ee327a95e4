#!/usr/bin/env python3
"""Prints what compare_drawn.sh has measured of the networks from one seed to before another: a line each, or a table."""

import json
import pathlib
import statistics
import sys


def main():
    folder, seeds = pathlib.Path(sys.argv[1]), range(int(sys.argv[2]), int(sys.argv[3]))
    networks = [(seed, compared(folder / str(seed))) for seed in seeds]
    measured = [(seed, network) for seed, network in networks if network]
    if "--table" not in sys.argv:
        for seed, network in measured:
            print(f"network {seed}: {line(network)}")
        return
    print("| network | input | batch | layers | step, ms | PyTorch, ms | ratio | memory, MB | PyTorch, MB | prediction |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for seed, n in sorted(measured, key=lambda pair: pair[1]["ratio"]):
        print(f"| {seed} | {n['input']} | {n['batch']} | {n['layers']} | {n['ours']:.1f} | {n['torch']:.1f} | "
              f"**{n['ratio']:.2f}** | {n['memory']:.0f} | {n['torch_memory']:.0f} | {n['prediction']} |")
    unmeasured = [seed for seed, network in networks if not network]
    if unmeasured:
        print(f"\nnot measured: {', '.join(map(str, unmeasured))}")
    if measured:
        ratios = sorted(network["ratio"] for _, network in measured)
        print(f"\n{len(ratios)} networks, PyTorch's step / ours: {' '.join(f'{ratio:.2f}' for ratio in ratios)}")
        print(f"median {statistics.median(ratios):.2f}, least {ratios[0]:.2f}")


def compared(folder):
    """What the rounds of one network come to, or nothing where a measurement is missing."""
    runs = {}
    for path in sorted(folder.glob("*.*.json")):
        runs.setdefault(path.name.split(".")[1], []).append(json.loads(path.read_text()))
    ours = runs.pop("ours", None)
    torch = list(runs.values())
    if not ours or not torch:
        return None
    network = json.loads((folder / "network.json").read_text())
    step = median(ours, "step_ms_median")
    best = min(torch, key=lambda rounds: median(rounds, "step_ms_median"))
    predict = median(ours, "predict_ms_median") if ours[0]["predict_ms_median"] else None
    torch_predict = min(median(rounds, "predict_ms_median") for rounds in torch)
    return {
        "input": " x ".join(map(str, network["input"])),
        "batch": network["batch"],
        "layers": len(network["layers"]),
        "ours": step,
        "torch": median(best, "step_ms_median"),
        "ratio": median(best, "step_ms_median") / step,
        "memory": median(ours, "rss_mb"),
        "torch_memory": median(best, "rss_mb"),
        "prediction": f"{torch_predict / predict:.2f}" if predict else "",
    }


def line(network):
    return f"{network['ratio']:.2f} ({network['ours']:.1f} ms beside {network['torch']:.1f} ms)"


def median(reports, key):
    return statistics.median(report[key] for report in reports)


if __name__ == "__main__":
    main()

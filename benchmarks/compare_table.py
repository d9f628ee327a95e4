#!/usr/bin/env python3
"""Prints the table of compare.sh from the lines that it recorded: what, who and JSON, separated by tabs."""

import json
import math
import statistics
import sys


def main():
    lines, limit, threads = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
    runs = {}
    for line in open(lines):
        what, who, report = line.rstrip("\n").split("\t")
        runs.setdefault(what, {}).setdefault(who, []).append(json.loads(report))
    peak = limit["fma_peak_gflops"]
    print(f"FMA peak of a core {peak:.0f} GFLOP/s; {threads} threads; PyTorch's best of 1 and {threads} threads\n")
    print("| | batch | step, ms | PyTorch, ms | ratio (each round) | share of FMA peak | predict, ms | PyTorch, ms | ratio | "
          "memory, MB | PyTorch, MB | full speed after, s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for what, who in runs.items():
        ours = who["ours"]
        step = median(ours, "step_ms_median")
        predict = median(ours, "predict_ms_median") if ours[0]["predict_ms_median"] else math.nan
        torch = min((r for name, r in who.items() if name != "ours"), key=lambda r: median(r, "step_ms_median"))
        torch_predict = min(median(r, "predict_ms_median") for name, r in who.items() if name != "ours")
        ratios = [b["step_ms_median"] / a["step_ms_median"] for a, b in zip(ours, torch)]
        batch = round(ours[0]["images_per_second"] * ours[0]["step_ms_median"] * 1e-3)
        flops = 2 * limit[what] * batch / (step * 1e-3) * 1e-9
        print(f"| {what} | {batch} | {step:.1f} | {median(torch, 'step_ms_median'):.1f} | "
              f"**{median(torch, 'step_ms_median') / step:.1f}** ({', '.join(f'{r:.1f}' for r in sorted(ratios))}) | "
              f"{100 * flops / (peak * threads):.0f} % | {predict:.0f} | {torch_predict:.0f} | "
              f"**{torch_predict / predict:.1f}** | {median(ours, 'rss_mb'):.0f} | {median(torch, 'rss_mb'):.0f} | "
              f"{median(ours, 'full_speed_seconds'):.1f} |")


def median(reports, key):
    return statistics.median(report[key] for report in reports)


if __name__ == "__main__":
    main()

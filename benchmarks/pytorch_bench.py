#!/usr/bin/env python3
"""The work of `posteriori bench`, done by PyTorch on the CPU, with the same options and the same JSON on the last line.

A training step is forward, N * mean NLL + KL, backward and Adam. A prediction is the mean of T softmax passes. The network
is one of pytorch_nets.py, or that of a description in a file (--network).
"""

import argparse
import json
import math
import resource
import statistics
import time

import torch
import torch.nn.functional as F

import pytorch_nets
from pytorch_layers import Network

TRAINING_IMAGES = 60000


def timed(action, least, most_seconds):
    """Seconds of each run: uncounted until they stop falling, then at least so many."""
    window, best, start = [], math.inf, time.perf_counter()
    while time.perf_counter() - start < most_seconds:
        begin = time.perf_counter()
        action()
        window.append(time.perf_counter() - begin)
        if len(window) == 10:
            median = statistics.median(window)
            if median > 0.99 * best:
                break
            best, window = min(best, median), []
    runs = []
    for _ in range(least):
        begin = time.perf_counter()
        action()
        runs.append(time.perf_counter() - begin)
    return runs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--net", choices=pytorch_nets.NETS, default="lenet")
    parser.add_argument("--network", metavar="FILE", help="a description, with everything that it states")
    parser.add_argument("--channels", type=int, help="default: those that are usual for the network")
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--kind", choices=["bayesian", "frequentist"], default="bayesian")
    parser.add_argument("--estimator", choices=["lrt", "bbb"], default="lrt")
    parser.add_argument("--activation", choices=["relu", "softplus"], default="relu")
    parser.add_argument("--batch", type=int, help="default: the description's, or else 256")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--samples", type=int, default=25)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--channels-last", action="store_true", help="lay images out pixel by pixel")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    estimator = "plain" if options.kind == "frequentist" else options.estimator
    description = (
        json.load(open(options.network))
        if options.network
        else pytorch_nets.description(options.net, options.channels, options.classes, estimator, options.activation)
    )
    batch = options.batch or description.get("batch", 256)
    net = Network(description)
    x = torch.rand(batch, *description["input"])
    if options.channels_last:
        net, x = (it.to(memory_format=torch.channels_last) for it in (net, x))
    y = torch.arange(batch) % net.classes
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)

    def step():
        optimiser.zero_grad(set_to_none=True)
        loss = TRAINING_IMAGES * F.cross_entropy(net(x), y) + net.kl()
        loss.backward()
        optimiser.step()
        return loss.item()

    def predict():
        with torch.no_grad():
            mean = torch.zeros(batch, net.classes)
            for _ in range(options.samples):
                mean += F.softmax(net(x), dim=1)
            return mean / options.samples

    net.train()
    steps = timed(step, options.steps, 20)
    net.eval()
    predictions = timed(predict, max(3, options.steps // 10), 20) if options.samples else [math.nan]
    print(json.dumps({
        "engine": "pytorch " + torch.__version__,
        "threads": options.threads,
        "step_ms_median": 1e3 * statistics.median(steps),
        "step_ms_min": 1e3 * min(steps),
        "predict_ms_median": 1e3 * statistics.median(predictions),
        "images_per_second": batch / statistics.median(steps),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The work of `posteriori bench`, done by PyTorch on the CPU, with the same options and the same JSON on the last line.

A training step is forward, N * mean NLL + KL, backward and Adam. A prediction is the mean of T softmax passes.
"""

import argparse
import json
import math
import resource
import statistics
import time

import torch
import torch.nn.functional as F

PRIOR_SIGMA = 0.1
TRAINING_IMAGES = 60000


class Affine(torch.nn.Module):
    """op(x, W) + b with W as the estimator has it; op is a convolution, or a matrix product without a window."""

    def __init__(self, inputs, outputs, estimator, window=None):
        super().__init__()
        self.estimator = estimator
        self.window = window
        kernel = (window["kernel"],) * 2 if window else ()
        shape = (outputs, inputs) + kernel
        scale = math.sqrt(2 / (inputs * math.prod(kernel)))
        self.mu = torch.nn.Parameter(torch.randn(shape) * scale)
        self.bias_mu = torch.nn.Parameter(torch.zeros(outputs))
        if estimator != "plain":
            self.rho = torch.nn.Parameter(torch.randn(shape) * 0.1 - 5)
            self.bias_rho = torch.nn.Parameter(torch.randn(outputs) * 0.1 - 5)

    def op(self, x, w, b):
        if self.window is None:
            return F.linear(x, w, b)
        return F.conv2d(x, w, b, self.window["stride"], self.window["padding"])

    def forward(self, x):
        if self.estimator == "plain":
            return self.op(x, self.mu, self.bias_mu)
        self.sigma, self.bias_sigma = F.softplus(self.rho), F.softplus(self.bias_rho)
        if self.estimator == "bbb":
            w = self.mu + self.sigma * torch.randn_like(self.mu)
            b = self.bias_mu + self.bias_sigma * torch.randn_like(self.bias_mu)
            return self.op(x, w, b)
        mean = self.op(x, self.mu, self.bias_mu)
        variance = self.op(x * x, self.sigma * self.sigma, self.bias_sigma * self.bias_sigma) + 1e-16
        return mean + variance.sqrt() * torch.randn_like(mean)

    def kl(self):
        """KL(q || p) of what the last forward pass sampled."""
        if self.estimator == "plain":
            return 0.0
        return divergence(self.mu, self.sigma) + divergence(self.bias_mu, self.bias_sigma)


def divergence(mu, sigma):
    terms = (sigma * sigma + mu * mu) * (0.5 / PRIOR_SIGMA**2) - sigma.log()
    return terms.sum() + mu.numel() * (math.log(PRIOR_SIGMA) - 0.5)


class Act(torch.nn.Module):
    def __init__(self, name):
        super().__init__()
        self.function = {"relu": F.relu, "softplus": F.softplus}[name]

    def forward(self, x):
        return self.function(x)


def conv(inputs, outputs, kernel, estimator, stride=1, padding=0):
    return Affine(inputs, outputs, estimator, {"kernel": kernel, "stride": stride, "padding": padding})


def network(net, channels, classes, estimator, activation):
    act = lambda: Act(activation)
    pool = torch.nn.MaxPool2d
    flatten = torch.nn.Flatten
    dropout = torch.nn.Dropout
    if net == "lenet":
        layers = [conv(channels, 6, 5, estimator), act(), pool(2, 2), conv(6, 16, 5, estimator), act(), pool(2, 2),
                  flatten(), Affine(400, 120, estimator), act(), Affine(120, 84, estimator), act(),
                  Affine(84, classes, estimator)]
    elif net == "3conv3fc":
        layers = [conv(channels, 32, 5, estimator, padding=2), act(), pool(3, 2),
                  conv(32, 64, 5, estimator, padding=2), act(), pool(3, 2),
                  conv(64, 128, 5, estimator, padding=1), act(), pool(3, 2),
                  flatten(), Affine(512, 1000, estimator), act(), Affine(1000, 1000, estimator), act(),
                  Affine(1000, classes, estimator)]
    elif net == "alexnet" and estimator == "plain":
        layers = [conv(channels, 64, 11, estimator, 4, 5), act(), dropout(0.5), pool(2, 2),
                  conv(64, 192, 5, estimator, padding=2), act(), pool(2, 2),
                  conv(192, 384, 3, estimator, padding=1), act(), dropout(0.5),
                  conv(384, 256, 3, estimator, padding=1), act(),
                  conv(256, 256, 3, estimator, padding=1), act(), dropout(0.5), pool(2, 2),
                  flatten(), Affine(256, classes, estimator)]
    else:
        layers = [conv(channels, 64, 11, estimator, 4, 5), act(), pool(2, 2),
                  conv(64, 192, 5, estimator, padding=2), act(), pool(2, 2),
                  conv(192, 384, 3, estimator, padding=1), act(),
                  conv(384, 256, 3, estimator, padding=1), act(),
                  conv(256, 128, 3, estimator, padding=1), act(), pool(2, 2),
                  flatten(), Affine(128, classes, estimator)]
    return torch.nn.Sequential(*layers)


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
    parser.add_argument("--net", choices=["lenet", "alexnet", "3conv3fc"], default="lenet")
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--kind", choices=["bayesian", "frequentist"], default="bayesian")
    parser.add_argument("--estimator", choices=["lrt", "bbb"], default="lrt")
    parser.add_argument("--activation", choices=["relu", "softplus"], default="relu")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--samples", type=int, default=25)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    estimator = "plain" if options.kind == "frequentist" else options.estimator
    net = network(options.net, options.channels, options.classes, estimator, options.activation)
    affine = [layer for layer in net if isinstance(layer, Affine)]
    x = torch.rand(options.batch, options.channels, 32, 32)
    y = torch.randint(options.classes, (options.batch,))
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)

    def step():
        optimiser.zero_grad(set_to_none=True)
        loss = TRAINING_IMAGES * F.cross_entropy(net(x), y) + sum(layer.kl() for layer in affine)
        loss.backward()
        optimiser.step()
        return loss.item()

    def predict():
        with torch.no_grad():
            mean = torch.zeros(options.batch, options.classes)
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
        "images_per_second": options.batch / statistics.median(steps),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


if __name__ == "__main__":
    main()

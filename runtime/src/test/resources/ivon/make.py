"""Makes steps.json: python3 make.py > steps.json, with PyTorch 1.13 or later.

Ten steps of Algorithm 1 of Shen et al. 2024 (arXiv 2402.17641) in double precision, with one draw a
step, the curvature by reparameterisation, and the learning rate rescaled by h0 + d. The loss of a
step is a drawn quadratic, so that its gradients depend on the weights before.
"""
import json

import torch

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
WEIGHTS, STEPS = 37, 10
ess, h0, b1, b2, decay, clip, rate = 120.0, 0.3, 0.8, 0.9, 0.05, 0.6, 0.25

mu = torch.linspace(1, -1.3, WEIGHTS)
h = torch.full((WEIGHTS,), h0)
m = torch.zeros(WEIGHTS)
curvature = torch.linspace(0.05, 3, WEIGHTS)
out = {
    "images": 60, "beta": 0.5, "hessian": h0, "meanDecay": b1, "hessianDecay": b2,
    "weightDecay": decay, "clipRadius": clip, "learningRate": rate, "start": mu.tolist(), "steps": [],
}
clipped = 0
for t in range(1, STEPS + 1):
    sigma = (ess * (h + decay)).rsqrt()
    eps = torch.randn(WEIGHTS)
    w = mu + sigma * eps
    g = curvature * (w - torch.randn(WEIGHTS))
    f = g * eps / sigma
    m = b1 * m + (1 - b1) * g
    h = b2 * h + (1 - b2) * f + 0.5 * (1 - b2) ** 2 * (h - f) ** 2 / (h + decay)
    step = (m / (1 - b1**t) + decay * mu) / (h + decay)
    clipped += int((step.abs() > clip).sum())
    mu = mu - rate * (h0 + decay) * step.clamp(-clip, clip)
    after = {"mu": mu, "sigma": (ess * (h + decay)).rsqrt(), "momentum": m, "hessian": h}
    out["steps"].append(
        {"eps": eps.tolist(), "gradient": g.tolist(), **{k: v.tolist() for k, v in after.items()}}
    )
assert 50 < clipped < STEPS * WEIGHTS - 50, clipped
text = json.dumps(out, indent=None)
print(json.dumps(json.loads(text, parse_float=lambda x: float(f"{float(x):.9g}"))))

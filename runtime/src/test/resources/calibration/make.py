"""Makes temperatures.json: python3 make.py > temperatures.json, with SciPy 1.8 or later.

For some drawn logits, of several draws an example, the temperature under which the labels are most
probable: the minimum over log T of -mean ln mean_s softmax(z_s / T)_y by scipy.optimize.
"""
import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, logsumexp

random = np.random.default_rng(11)
CLASSES = 4
cases = []
for draws, spread, factor in [(1, 1.5, 1.0), (1, 1.5, 3.0), (5, 1.0, 0.4), (7, 2.5, 2.0)]:
    truth = random.normal(0, 1.5, (60, CLASSES))
    labels = np.array([random.choice(CLASSES, p=np.exp(log_softmax(z))) for z in truth])
    logits = factor * (truth[:, None, :] + random.normal(0, spread / 3, (60, draws, CLASSES)))
    logits = logits.astype(np.float32).astype(np.float64)

    def nll(log):
        each = log_softmax(logits / np.exp(log), axis=2)
        chosen = each[np.arange(60), :, labels]
        return -np.mean(logsumexp(chosen, axis=1) - np.log(draws))

    best = minimize_scalar(nll, bounds=(-3, 3), method="bounded", options={"xatol": 1e-10})
    cases.append({
        "labels": labels.tolist(),
        "logits": np.round(logits, 8).reshape(60, -1).tolist(),
        "temperature": float(np.exp(best.x)),
    })
print(json.dumps(cases))

"""Makes values.pt and values-legacy.pt: python3 make.py, with PyTorch 1.13 or later."""
from collections import OrderedDict

import torch

a = torch.tensor([[1.0, -2.0, 3.5], [0.0, 1e-30, 6.0]])
saved = {
    "epoch": 3,
    "state_dict": OrderedDict(
        [
            ("a", a),
            ("transposed", a.t()),
            ("row", a[1]),
            ("column", a[:, 2]),
            ("parameter", torch.nn.Parameter(torch.tensor([7.0, 8.0]))),
            ("double", torch.tensor([0.1, -2.5], dtype=torch.float64)),
            ("half", torch.tensor([1.5, -(2.0**-14), 2.0**-24, 65504.0], dtype=torch.float16)),
            ("bfloat16", torch.tensor([1.5, -3.0], dtype=torch.bfloat16)),
            ("scalar", torch.tensor(9.0)),
            ("empty", torch.zeros(0, 3)),
            ("bn.num_batches_tracked", torch.tensor(42)),
            ("flag", torch.tensor([True, False])),
        ]
    ),
    "optimizer": {"state": {0: {"step": 5, "exp_avg": a.clone()}}, "lr": 1e-3, "betas": (0.9, 0.999)},
}
saved["state_dict"]._metadata = {"": {"version": 1}}  # as modules do
torch.save(saved, "values.pt")
torch.save(saved, "values-legacy.pt", _use_new_zipfile_serialization=False)

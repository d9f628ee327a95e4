"""Networks of PyTorch from descriptions: the layers of the DSL, Bayesian or not.

A description is what DrawnBenchmark prints as JSON: the shape of the input, and the layers in order, each with its name,
its kind, the names of those whose outputs it takes, and the elements of its annotation.
"""

import math

import torch
import torch.nn.functional as F

PRIOR_SIGMA = 0.1


class Affine(torch.nn.Module):
    """op(x, W) + b with W as the estimator has it: lrt, bbb, or plain for numbers."""

    def __init__(self, shape, bias, estimator):
        super().__init__()
        self.estimator = estimator
        scale = math.sqrt(2 / math.prod(shape[1:]))
        self.mu = torch.nn.Parameter(torch.randn(shape) * scale)
        self.bias_mu = torch.nn.Parameter(torch.zeros(shape[0])) if bias else None
        if estimator != "plain":
            self.rho = torch.nn.Parameter(torch.randn(shape) * 0.1 - 5)
            self.bias_rho = torch.nn.Parameter(torch.randn(shape[0]) * 0.1 - 5) if bias else None

    def forward(self, x):
        if self.estimator == "plain":
            return self.op(x, self.mu, self.bias_mu)
        self.sigma = F.softplus(self.rho)
        self.bias_sigma = None if self.bias_mu is None else F.softplus(self.bias_rho)
        if self.estimator == "bbb":
            return self.op(x, drawn(self.mu, self.sigma), drawn(self.bias_mu, self.bias_sigma))
        mean = self.op(x, self.mu, self.bias_mu)
        bias_variance = None if self.bias_mu is None else self.bias_sigma * self.bias_sigma
        variance = self.op(x * x, self.sigma * self.sigma, bias_variance) + 1e-16
        return mean + variance.sqrt() * torch.randn_like(mean)

    def kl(self):
        """KL(q || p) of what the last forward pass sampled."""
        if self.estimator == "plain":
            return 0.0
        weights = divergence(self.mu, self.sigma)
        return weights if self.bias_mu is None else weights + divergence(self.bias_mu, self.bias_sigma)


def drawn(mu, sigma):
    return None if mu is None else mu + sigma * torch.randn_like(mu)


def divergence(mu, sigma):
    terms = (sigma * sigma + mu * mu) * (0.5 / PRIOR_SIGMA**2) - sigma.log()
    return terms.sum() + mu.numel() * (math.log(PRIOR_SIGMA) - 0.5)


class Linear(Affine):
    def __init__(self, inputs, layer):
        super().__init__((layer["out"], inputs), layer["bias"], layer["estimator"])

    def op(self, x, w, b):
        return F.linear(x, w, b)


class Conv(Affine):
    def __init__(self, inputs, layer):
        self.window = [layer[element] for element in ("stride", "padding", "dilation", "groups")]
        shape = (layer["out"], inputs // layer["groups"], *layer["kernel"])
        super().__init__(shape, layer["bias"], layer["estimator"])

    def op(self, x, w, b):
        return F.conv2d(x, w, b, *self.window)


class Function(torch.nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


ACTIVATIONS = {
    "relu": F.relu,
    "softplus": F.softplus,
    "tanh": torch.tanh,
    "gelu": F.gelu,
    "silu": F.silu,
    "leaky_relu": F.leaky_relu,
    "sigmoid": torch.sigmoid,
    "identity": torch.nn.Identity(),
}


def made(layer, shape):
    """The module for a layer whose first input has this shape, without the batch."""
    kind = layer["kind"]
    if kind == "conv":
        return Conv(shape[0], layer)
    if kind == "linear":
        return Linear(shape[0], layer)
    if kind == "max_pool":
        return torch.nn.MaxPool2d(layer["kernel"], layer["stride"], layer["padding"])
    if kind == "avg_pool":
        return torch.nn.AvgPool2d(layer["kernel"], layer["stride"], layer["padding"])
    if kind == "activation":
        return Function(ACTIVATIONS[layer["function"]])
    if kind == "batch_norm":
        return (torch.nn.BatchNorm1d if len(shape) == 1 else torch.nn.BatchNorm2d)(shape[0])
    if kind == "global_avg_pool":
        return Function(lambda x: x.mean((2, 3)))
    if kind == "upsample":
        return torch.nn.Upsample(scale_factor=tuple(layer["scale"]), mode=layer.get("mode", "nearest"))
    if kind == "layer_norm":
        return torch.nn.LayerNorm(list(shape))
    if kind == "group_norm":
        return torch.nn.GroupNorm(layer["groups"], shape[0])
    if kind == "dropout":
        return torch.nn.Dropout(layer["probability"])
    if kind == "flatten":
        return torch.nn.Flatten()
    if kind == "add":
        return Function(lambda first, *others: sum(others, first))
    if kind == "concat":
        return Function(lambda *inputs: torch.cat(inputs, 1))
    raise ValueError(f"the layer {layer['name']} is {kind}, which this program does not know: add it to pytorch_layers.py")


class Network(torch.nn.Module):
    """The layers of a description in its order; an output is let go when the last of its takers has it."""

    def __init__(self, description):
        super().__init__()
        self.description = description
        self.layers = torch.nn.ModuleList()
        last_taker = {}
        for place, layer in enumerate(description["layers"]):
            last_taker.update((source, place) for source in layer["from"])
        self.let_go = [
            [source for source in layer["from"] if last_taker[source] == place]
            for place, layer in enumerate(description["layers"])
        ]
        # Two examples, since a batch norm of features refuses one.
        self.outputs = {"input": torch.zeros(2, *description["input"])}
        for layer in description["layers"]:
            inputs = [self.outputs[source] for source in layer["from"]]
            self.layers.append(made(layer, inputs[0].shape[1:]))
            with torch.no_grad():
                self.outputs[layer["name"]] = self.layers[-1](*inputs)
        self.classes = self.outputs[description["layers"][-1]["name"]].shape[1]
        del self.outputs

    def forward(self, x):
        outputs = {"input": x}
        for layer, stated, let_go in zip(self.layers, self.description["layers"], self.let_go):
            x = layer(*(outputs[source] for source in stated["from"]))
            for source in set(let_go):
                del outputs[source]
            outputs[stated["name"]] = x
        return x

    def kl(self):
        return sum(layer.kl() for layer in self.layers if isinstance(layer, Affine))

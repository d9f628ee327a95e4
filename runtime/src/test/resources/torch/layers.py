"""Makes layers.pt, what PyTorch's own layers compute: python3 layers.py, with PyTorch 1.13 or later."""
import torch
import torch.nn.functional as F

torch.manual_seed(7)
x = 3 * torch.randn(3, 4, 3, 5)
layers = {
    "SOFTPLUS": F.softplus,
    "RELU": F.relu,
    "TANH": torch.tanh,
    "GELU": F.gelu,
    "SILU": F.silu,
    "LEAKY_RELU": F.leaky_relu,
    "SIGMOID": torch.sigmoid,
    "IDENTITY": torch.nn.Identity(),
    "layer_norm": torch.nn.LayerNorm(x.shape[1:]),
    "group_norm": torch.nn.GroupNorm(2, x.shape[1]),
    "global_avg_pool": lambda images: torch.nn.AdaptiveAvgPool2d(1)(images).flatten(1),
    "upsample": torch.nn.Upsample(scale_factor=(2, 3)),
    "upsample_bilinear": torch.nn.Upsample(scale_factor=(2, 3), mode="bilinear"),
}
saved = {"x": x}
with torch.no_grad():
    for name, layer in layers.items():
        if isinstance(layer, torch.nn.Module):
            for parameter, values in layer.named_parameters():
                values.copy_(torch.randn_like(values))
                saved[f"{name}.{parameter}"] = values.detach()
        saved[f"{name}.y"] = layer(x)
torch.save(saved, "layers.pt")

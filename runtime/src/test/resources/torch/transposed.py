"""Makes transposed.pt, transposed convolutions by PyTorch behind a convolution: python3 transposed.py"""
import torch
import torch.nn.functional as F

torch.manual_seed(11)
CHANNELS, OUT = 4, 6
geometries = {
    # kernel, stride, padding, output padding, dilation, groups, (height, width)
    "plain": ((3, 3), (1, 1), (0, 0), (0, 0), (1, 1), 1, (5, 4)),
    "same": ((3, 3), (1, 1), (1, 1), (0, 0), (1, 1), 1, (6, 7)),
    "strided": ((3, 2), (2, 3), (1, 0), (1, 2), (1, 1), 1, (4, 3)),
    "doubling": ((4, 4), (2, 2), (1, 1), (0, 0), (1, 1), 2, (4, 4)),
    "dilated": ((2, 3), (2, 1), (0, 2), (1, 0), (3, 2), 1, (3, 5)),
    "grouped": ((3, 3), (2, 2), (1, 1), (1, 1), (1, 1), 2, (3, 4)),
    "signal": ((1, 5), (1, 4), (0, 1), (0, 3), (1, 1), 1, (1, 9)),
}
saved = {}
for name, (kernel, stride, padding, extra, dilation, groups, size) in geometries.items():
    x = torch.randn(3, CHANNELS, *size)
    before = torch.randn(CHANNELS, CHANNELS, 1, 1, requires_grad=True)
    weight = torch.randn(CHANNELS, OUT // groups, *kernel, requires_grad=True)
    bias = torch.randn(OUT, requires_grad=True)
    y = F.conv_transpose2d(F.conv2d(x, before), weight, bias, stride, padding, extra, groups, dilation)
    by_y = torch.randn_like(y)
    (y * by_y).sum().backward()
    numbers = {"x": x, "y": y, "by_y": by_y, "before": before, "weight": weight, "bias": bias,
               "by_before": before.grad, "by_weight": weight.grad, "by_bias": bias.grad}
    saved.update({f"{name}.{what}": tensor.detach() for what, tensor in numbers.items()})
torch.save(saved, "transposed.pt")

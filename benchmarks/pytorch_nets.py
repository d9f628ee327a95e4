"""Descriptions of the shipped networks, and of those of the benchmarks, for pytorch_layers.Network."""


class Draft:
    """A description that is written layer by layer; a layer takes the output of the last one unless it is told others."""

    def __init__(self, shape, estimator, activation):
        self.estimator = estimator
        self.activation = activation
        self.layers = []
        self.shape = shape

    def add(self, kind, *sources, **elements):
        """Adds a layer and returns its name."""
        before = self.layers[-1]["name"] if self.layers else "input"
        name = f"x{len(self.layers) + 1}"
        self.layers.append({"name": name, "kind": kind, "from": list(sources or [before]), **elements})
        return name

    def conv(self, out, kernel, stride=1, padding=0, groups=1, bias=True, source=None):
        return self.add(
            "conv", *([source] if source else []), out=out, kernel=pair(kernel), stride=pair(stride), padding=pair(padding),
            dilation=[1, 1], groups=groups, bias=bias, estimator=self.estimator)

    def linear(self, out):
        return self.add("linear", out=out, bias=True, estimator=self.estimator)

    def act(self):
        return self.add("activation", function=self.activation)

    def norm(self):
        return self.add("batch_norm")

    def pool(self, kernel, stride=None, kind="max_pool"):
        return self.add(kind, kernel=pair(kernel), stride=pair(stride or kernel), padding=[0, 0])

    def conv_norm(self, *arguments, **elements):
        self.conv(*arguments, **elements, bias=False)
        return self.norm()

    def head(self, *widths):
        self.add("flatten")
        for width in widths[:-1]:
            self.linear(width)
            self.act()
        self.linear(widths[-1])

    def description(self):
        return {"input": self.shape, "layers": self.layers}


def pair(size):
    return list(size) if isinstance(size, tuple) else [size, size]


def lenet(net, classes):
    for out in (6, 16):
        net.conv(out, 5)
        net.act()
        net.pool(2)
    net.head(120, 84, classes)


def three_conv_three_fc(net, classes):
    for out, padding in ((32, 2), (64, 2), (128, 1)):
        net.conv(out, 5, padding=padding)
        net.act()
        net.pool(3, 2)
    net.head(1000, 1000, classes)


def alexnet(net, classes):
    plain = net.estimator == "plain"
    layers = ((64, 11, 4, 5), (192, 5, 1, 2), (384, 3, 1, 1), (256, 3, 1, 1), (256 if plain else 128, 3, 1, 1))
    for place, (out, kernel, stride, padding) in enumerate(layers):
        net.conv(out, kernel, stride, padding)
        net.act()
        if plain and place in (0, 2, 4):
            net.add("dropout", probability=0.5)
        if place in (0, 1, 4):
            net.pool(2)
    net.head(classes)


def resnet20(net, classes):
    net.conv_norm(16, 3, padding=1)
    block = net.act()
    for out, first in ((16, 1), (32, 2), (64, 2)):
        for stride in (first, 1, 1):
            net.conv_norm(out, 3, stride=stride, padding=1)
            net.act()
            end = net.conv_norm(out, 3, padding=1)
            shortcut = net.conv_norm(out, 1, stride=2, source=block) if stride == 2 else block
            net.add("add", end, shortcut)
            block = net.act()
    net.pool(8, kind="avg_pool")
    net.head(classes)


def vgg(net, classes, stages):
    for stage in stages:
        for out in stage:
            net.conv(out, 3, padding=1)
            net.act()
        net.pool(2)
    net.head(classes)


def vgg11(net, classes):
    vgg(net, classes, ((64,), (128,), (256, 256), (512, 512), (512, 512)))


def vgg64(net, classes):
    vgg(net, classes, ((32, 32), (64, 64), (128, 128)))


def mlp(net, classes):
    net.head(1200, 1200, classes)


def separable(net, classes):
    net.conv_norm(32, 3, padding=1)
    net.act()
    channels = 32
    for out, stride in ((64, 1), (128, 2), (128, 1), (256, 2), (256, 1)):
        net.conv_norm(channels, 3, stride=stride, padding=1, groups=channels)
        net.act()
        net.conv_norm(out, 1)
        net.act()
        channels = out
    net.pool(8, kind="avg_pool")
    net.head(classes)


def widenet(net, classes):
    net.conv_norm(32, 3, padding=1)
    net.act()
    for out in (64, 256, 256):
        net.conv(out, 3, padding=1, bias=False)
        net.pool(2)
        net.norm()
        block = net.act()
        net.add("add", net.conv_norm(out, 3, padding=1), block)
        net.act()
    net.pool(4, kind="avg_pool")
    net.head(classes)


def signal(net, classes):
    for out, width, stride in ((32, 7, 2), (64, 5, 1), (128, 3, 1)):
        net.conv(out, (1, width), (1, stride), (0, width // 2))
        net.act()
        net.pool((1, 128), kind="avg_pool") if out == 128 else net.pool((1, 2))
    net.head(classes)


# By name: the layers, the channels that are usual, and height and width.
NETS = {
    "lenet": (lenet, 1, 32, 32),
    "3conv3fc": (three_conv_three_fc, 3, 32, 32),
    "alexnet": (alexnet, 3, 32, 32),
    "resnet20": (resnet20, 3, 32, 32),
    "vgg11": (vgg11, 3, 32, 32),
    "vgg64": (vgg64, 3, 64, 64),
    "mlp": (mlp, 1, 28, 28),
    "separable": (separable, 3, 32, 32),
    "signal": (signal, 12, 1, 1024),
    "widenet": (widenet, 3, 32, 32),
}


def description(name, channels, classes, estimator, activation):
    write, usual, height, width = NETS[name]
    draft = Draft([channels or usual, height, width], estimator, activation)
    write(draft, classes)
    return draft.description()

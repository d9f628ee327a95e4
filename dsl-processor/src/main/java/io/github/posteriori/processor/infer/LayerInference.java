package io.github.posteriori.processor.infer;

import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import io.github.posteriori.processor.spec.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Infers the output and the cost of each kind of layer. */
final class LayerInference implements LayerSpec.Cases<Node> {
  private final List<Source> sources;
  private final Shape in;
  private final boolean isLast;
  private final OpenSizes sizes;
  private final Function<LayerSpec.Block, Optional<Within>> inside;

  /**
   * Creates the inference of a layer in its place.
   *
   * @param sources its inputs, at least one
   * @param isLast whether its output is the network's
   * @param sizes sizes of the surrounding network
   * @param inside the networks of blocks that take the first source
   */
  LayerInference(
      List<Source> sources,
      boolean isLast,
      OpenSizes sizes,
      Function<LayerSpec.Block, Optional<Within>> inside) {
    this.sources = sources;
    this.in = sources.get(0).shape();
    this.isLast = isLast;
    this.sizes = sizes;
    this.inside = inside;
  }

  @Override
  public Node conv(LayerSpec.Conv conv) {
    Shape output =
        out(conv, conv.name() + "Out")
            .map(channels -> slide(conv, channels))
            .orElse(new Shape.Unknown());
    return affine(conv, output, WeightShape.of(conv, in, output));
  }

  /** Infers a transposed convolution, of which each input takes all weights of its channel. */
  @Override
  public Node convTranspose(LayerSpec.ConvTranspose conv) {
    Shape output =
        out(conv, conv.name() + "Out")
            .map(channels -> spread(conv, channels))
            .orElse(new Shape.Unknown());
    Optional<WeightShape> weight = WeightShape.of(conv, in, output);
    Cost cost =
        weight.map(known -> Cost.of(conv, known, pixels(in).times(known.size()))).orElse(Cost.NONE);
    return new Node(conv, sources, output, weight, cost, Optional.empty());
  }

  private static Count pixels(Shape shape) {
    return shape instanceof Shape.Image image ? image.height().times(image.width()) : Count.of(1);
  }

  @Override
  public Node linear(LayerSpec.Linear linear) {
    Shape output =
        out(linear, isLast ? "classes" : linear.name() + "Out")
            .<Shape>map(Shape.Features::new)
            .orElse(new Shape.Unknown());
    return affine(linear, output, WeightShape.of(in, output));
  }

  @Override
  public Node pool(LayerSpec.Pool pool) {
    return weightless(
        pool,
        in instanceof Shape.Image image ? slide(pool, image.channels()) : new Shape.Unknown());
  }

  @Override
  public Node activate(LayerSpec.Activate activate) {
    return weightless(activate, in);
  }

  @Override
  public Node globalAvgPool(LayerSpec.GlobalAvgPool pool) {
    return weightless(
        pool,
        in instanceof Shape.Image image
            ? new Shape.Features(image.channels())
            : new Shape.Unknown());
  }

  @Override
  public Node upsample(LayerSpec.Upsample upsample) {
    return weightless(upsample, enlarged(upsample.part().pair()));
  }

  private Shape enlarged(Optional<Pair> scale) {
    return in instanceof Shape.Image image && scale.isPresent()
        ? new Shape.Image(
            image.channels(),
            image.height().times(scale.get().rows()),
            image.width().times(scale.get().columns()))
        : new Shape.Unknown();
  }

  @Override
  public Node flatten(LayerSpec.Flatten flatten) {
    return weightless(
        flatten,
        in instanceof Shape.Image image ? new Shape.Features(image.size()) : new Shape.Unknown());
  }

  @Override
  public Node batchNorm(LayerSpec.BatchNorm norm) {
    return new Node(
        norm, sources, in, Optional.empty(), Cost.ofScales(in.channels()), Optional.empty());
  }

  @Override
  public Node layerNorm(LayerSpec.LayerNorm norm) {
    Cost cost = Cost.ofScales(in.size());
    return new Node(norm, sources, in, Optional.empty(), cost, Optional.empty());
  }

  @Override
  public Node groupNorm(LayerSpec.GroupNorm norm) {
    Cost cost = Cost.ofScales(in.channels());
    return new Node(norm, sources, in, Optional.empty(), cost, Optional.empty());
  }

  @Override
  public Node dropout(LayerSpec.Dropout dropout) {
    return weightless(dropout, in);
  }

  @Override
  public Node join(LayerSpec.Join join) {
    List<Shape> shapes = sources.stream().map(Source::shape).toList();
    return weightless(join, JoinedShape.of(join.kind(), shapes));
  }

  @Override
  public Node block(LayerSpec.Block block) {
    Optional<Within> within = inside.apply(block);
    Optional<Network> network = within.map(Within::network);
    return new Node(
        block,
        sources,
        network.map(inner -> inner.last().output()).orElse(new Shape.Unknown()),
        Optional.empty(),
        network.map(Network::cost).orElse(Cost.NONE),
        within);
  }

  /** Infers a custom layer, whose cost is unknown and counts as nothing. */
  @Override
  public Node custom(LayerSpec.Custom custom) {
    return weightless(
        custom,
        ShapeFunction.of(custom).map(function -> function.output(in)).orElse(new Shape.Unknown()));
  }

  @Override
  public Node unreadable(LayerSpec.Unreadable unreadable) {
    return weightless(unreadable, new Shape.Unknown());
  }

  private Node affine(LayerSpec.Affine layer, Shape output, Optional<WeightShape> weight) {
    return new Node(
        layer,
        sources,
        output,
        weight,
        weight.map(known -> Cost.of(layer, known, output)).orElse(Cost.NONE),
        Optional.empty());
  }

  private Node weightless(LayerSpec layer, Shape output) {
    return new Node(layer, sources, output, Optional.empty(), Cost.NONE, Optional.empty());
  }

  private Optional<Count> out(LayerSpec.Affine layer, String name) {
    return sizes.output(layer.out().value(), name, "outputs of {@code " + layer.name() + "}");
  }

  private Shape spread(LayerSpec.ConvTranspose layer, Count channels) {
    Optional<Window> stated = layer.window().window();
    Optional<Pair> extra = layer.extra().pair();
    if (!(in instanceof Shape.Image image) || stated.isEmpty() || extra.isEmpty()) {
      return new Shape.Unknown();
    }
    Count height = image.height().spread(stated.get().down(), extra.get().rows());
    Count width = image.width().spread(stated.get().across(), extra.get().columns());
    return height.isBelow(1) || width.isBelow(1)
        ? new Shape.Unknown()
        : new Shape.Image(channels, height, width);
  }

  private Shape slide(LayerSpec.Windowed layer, Count channels) {
    Optional<Window> stated = layer.window().window();
    if (!(in instanceof Shape.Image image) || stated.isEmpty()) {
      return new Shape.Unknown();
    }
    Count height = image.height().slide(stated.get().down());
    Count width = image.width().slide(stated.get().across());
    return height.isBelow(1) || width.isBelow(1)
        ? new Shape.Unknown()
        : new Shape.Image(channels, height, width);
  }
}

package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import io.github.posteriori.processor.spec.Stated;
import io.github.posteriori.processor.spec.Window;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second step: connects the layers and follows the shapes through them. It reports nothing:
 * what makes no sense gives an unknown shape, and the rules say why.
 */
public final class ShapeInference {
  private final NetworkSpec spec;
  private final Optional<Deque<Count>> given;

  /** What blocks are wherever they stand; each is looked at once, however deep it is nested. */
  private final Map<NetworkSpec, Network> alone;

  private final List<FreeDimension> free = new ArrayList<>();
  private final Map<String, Shape> outputs = new HashMap<>();

  private ShapeInference(
      NetworkSpec spec, Optional<Deque<Count>> given, Map<NetworkSpec, Network> alone) {
    this.spec = spec;
    this.given = given;
    this.alone = alone;
  }

  /** Infers the shapes of a network that stands alone. */
  public static Network infer(NetworkSpec spec) {
    return new ShapeInference(spec, Optional.empty(), new IdentityHashMap<>()).network();
  }

  private Network network() {
    return network(input(spec.input()));
  }

  private Network alone(NetworkSpec block) {
    Network known = alone.get(block);
    if (known == null) {
      known = new ShapeInference(block, Optional.empty(), alone).network();
      alone.put(block, known);
    }
    return known;
  }

  /** Infers the shapes of a block in its place, which gives it an input and free outputs. */
  private Network within(NetworkSpec block, Shape arrives, List<Count> outputs) {
    return new ShapeInference(block, Optional.of(new ArrayDeque<>(outputs)), alone)
        .network(BlockInput.bind(block.input(), arrives));
  }

  private Network network(Shape input) {
    outputs.put(BayesModel.INPUT, input);
    List<Node> nodes = new ArrayList<>();
    String before = BayesModel.INPUT;
    for (LayerSpec layer : spec.layers()) {
      List<Source> sources = new ArrayList<>();
      for (Stated<String> from : layer.field().from()) {
        String name = from.value().isEmpty() ? before : from.value();
        sources.add(new Source(name, outputs.getOrDefault(name, new Shape.Unknown())));
      }
      if (sources.isEmpty()) {
        sources.add(new Source("", new Shape.Unknown())); // a join of nothing
      }
      Node node = node(layer, sources);
      nodes.add(node);
      outputs.put(layer.name(), node.output());
      before = layer.name();
    }
    return new Network(spec, input, nodes, free);
  }

  private Node node(LayerSpec layer, List<Source> sources) {
    if (layer instanceof LayerSpec.Join join) {
      List<Shape> shapes = sources.stream().map(Source::shape).toList();
      return new Node(layer, sources, JoinedShape.of(join.kind(), shapes), Optional.empty());
    }
    Shape in = sources.get(0).shape();
    if (layer instanceof LayerSpec.Block block) {
      Optional<Within> within = within(block, in);
      Shape out =
          within.map(inside -> inside.network().last().output()).orElse(new Shape.Unknown());
      return new Node(layer, sources, out, within);
    }
    return new Node(layer, sources, output(layer, in), Optional.empty());
  }

  private Optional<Within> within(LayerSpec.Block block, Shape arrives) {
    List<FreeDimension> open = alone(block.network()).freeOutputs();
    if (!block.tells(open.size()) || block.network().layers().isEmpty()) {
      return Optional.empty();
    }
    List<Count> told = new ArrayList<>();
    List<Integer> out = block.out().value();
    for (int i = 0; i < out.size(); i++) {
      String inner = open.get(i).name();
      Optional<Count> size =
          out.size() == 1
              ? size(
                  out.get(i),
                  block.name() + "Out",
                  "outputs of {@code " + block.name() + "}",
                  false)
              : size(
                  out.get(i),
                  block.name() + Character.toUpperCase(inner.charAt(0)) + inner.substring(1),
                  inner + " of {@code " + block.name() + "}",
                  false);
      size.ifPresent(told::add);
    }
    if (told.size() != out.size()) {
      return Optional.empty();
    }
    List<Count> outputs = out.size() == 1 ? Collections.nCopies(open.size(), told.get(0)) : told;
    return Optional.of(new Within(within(block.network(), arrives, outputs), outputs));
  }

  private Shape input(InputSpec input) {
    if (input.statesImage() == input.statesFeatures()) {
      return new Shape.Unknown();
    }
    if (input.statesFeatures()) {
      return side(input.features(), "features", "of the input")
          .<Shape>map(Shape.Features::new)
          .orElse(new Shape.Unknown());
    }
    Optional<Count> channels = side(input.channels(), "channels", "of the images");
    Optional<Count> height = side(input.height(), "height", "of the images in pixels");
    Optional<Count> width = side(input.width(), "width", "of the images in pixels");
    if (channels.isEmpty() || height.isEmpty() || width.isEmpty()) {
      return new Shape.Unknown();
    }
    return new Shape.Image(channels.get(), height.get(), width.get());
  }

  private Shape output(LayerSpec layer, Shape in) {
    if (layer instanceof LayerSpec.Linear linear) {
      return out(linear).<Shape>map(Shape.Features::new).orElse(new Shape.Unknown());
    }
    if (layer instanceof LayerSpec.Conv conv) {
      Optional<Count> out = out(conv);
      return out.isPresent() ? slide(conv, in, out.get()) : new Shape.Unknown();
    }
    if (layer instanceof LayerSpec.Pool pool) {
      return in instanceof Shape.Image image
          ? slide(pool, image, image.channels())
          : new Shape.Unknown();
    }
    if (layer instanceof LayerSpec.Flatten) {
      return in instanceof Shape.Image image
          ? new Shape.Features(image.size())
          : new Shape.Unknown();
    }
    if (layer instanceof LayerSpec.Custom custom) {
      return ShapeFunction.of(custom)
          .map(function -> function.output(in))
          .orElse(new Shape.Unknown());
    }
    return layer instanceof LayerSpec.Unreadable ? new Shape.Unknown() : in;
  }

  private static Shape slide(LayerSpec.Windowed layer, Shape in, Count channels) {
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

  private Optional<Count> out(LayerSpec.Affine layer) {
    boolean last = layer == spec.layers().get(spec.layers().size() - 1);
    String name = last && layer instanceof LayerSpec.Linear ? "classes" : layer.name() + "Out";
    return size(layer.out().value(), name, "outputs of {@code " + layer.name() + "}", false);
  }

  private Optional<Count> side(Stated<Integer> stated, String name, String meaning) {
    return size(stated.value(), name, meaning, true);
  }

  private Optional<Count> size(int stated, String name, String meaning, boolean ofInput) {
    if (stated != Dim.FREE) {
      return stated < 1 ? Optional.empty() : Optional.of(Count.of(stated));
    }
    if (given.isPresent()) {
      return Optional.of(given.get().remove());
    }
    String unique = name;
    while (isFree(unique)) {
      unique += "_";
    }
    free.add(new FreeDimension(unique, meaning, ofInput));
    return Optional.of(Count.free(unique));
  }

  /** Whether a dimension is called so: that of a field and that of a block may be alike. */
  private boolean isFree(String name) {
    return free.stream().anyMatch(dimension -> dimension.name().equals(name));
  }
}

package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.BayesModel;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second step: connects the layers and infers their shapes. It reports nothing: an invalid
 * layer gets an unknown shape, and the rules report why.
 */
public final class ShapeInference {
  private final NetworkSpec spec;
  private final OpenSizes sizes;

  /** The networks of blocks on their own, each inferred once, however deep it is nested. */
  private final Map<NetworkSpec, Network> alone;

  private final Map<String, Shape> outputs = new HashMap<>();

  private ShapeInference(NetworkSpec spec, OpenSizes sizes, Map<NetworkSpec, Network> alone) {
    this.spec = spec;
    this.sizes = sizes;
    this.alone = alone;
  }

  /** Infers the shapes of a network on its own. */
  public static Network infer(NetworkSpec spec) {
    return new ShapeInference(spec, OpenSizes.alone(), new IdentityHashMap<>()).network();
  }

  private Network network() {
    return network(input(spec.input()));
  }

  private Network alone(NetworkSpec block) {
    Network known = alone.get(block);
    if (known == null) {
      known = new ShapeInference(block, OpenSizes.alone(), alone).network();
      alone.put(block, known);
    }
    return known;
  }

  /** Infers the shapes of a block in its place, with the input and free outputs it has there. */
  private Network within(NetworkSpec block, Shape arrives, List<Count> outputs) {
    return new ShapeInference(block, OpenSizes.given(outputs), alone)
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
        sources.add(new Source("", new Shape.Unknown())); // a join without inputs
      }
      Node node = node(layer, sources);
      nodes.add(node);
      outputs.put(layer.name(), node.output());
      before = layer.name();
    }
    return new Network(spec, input, nodes, sizes.free());
  }

  private Node node(LayerSpec layer, List<Source> sources) {
    boolean isLast = layer == spec.layers().get(spec.layers().size() - 1);
    Shape arrives = sources.get(0).shape();
    return layer.match(new LayerInference(sources, isLast, sizes, block -> within(block, arrives)));
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
              ? sizes.output(
                  out.get(i), block.name() + "Out", "outputs of {@code " + block.name() + "}")
              : sizes.output(
                  out.get(i),
                  block.name() + Character.toUpperCase(inner.charAt(0)) + inner.substring(1),
                  inner + " of {@code " + block.name() + "}");
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
      return sizes
          .side(input.features(), "features", "of the input")
          .<Shape>map(Shape.Features::new)
          .orElse(new Shape.Unknown());
    }
    Optional<Count> channels = sizes.side(input.channels(), "channels", "of the images");
    Optional<Count> height = sizes.side(input.height(), "height", "of the images in pixels");
    Optional<Count> width = sizes.side(input.width(), "width", "of the images in pixels");
    if (channels.isEmpty() || height.isEmpty() || width.isEmpty()) {
      return new Shape.Unknown();
    }
    return new Shape.Image(channels.get(), height.get(), width.get());
  }
}

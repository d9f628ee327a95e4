package io.github.posteriori.processor.infer;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.spec.InputSpec;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.NetworkSpec;
import io.github.posteriori.processor.spec.Stated;
import io.github.posteriori.processor.spec.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The second step: connects the layers and follows the shapes through them. It reports nothing:
 * what makes no sense gives an unknown shape, and the rules say why.
 */
public final class ShapeInference {
  private final NetworkSpec spec;
  private final List<FreeDimension> free = new ArrayList<>();
  private final Map<String, Shape> outputs = new HashMap<>();

  private ShapeInference(NetworkSpec spec) {
    this.spec = spec;
  }

  /** Infers the shapes of a network. */
  public static Network infer(NetworkSpec spec) {
    return new ShapeInference(spec).network();
  }

  private Network network() {
    Shape input = input(spec.input());
    List<Node> nodes = new ArrayList<>();
    Optional<String> previous = Optional.empty();
    for (LayerSpec layer : spec.layers()) {
      String from = layer.field().from().value();
      Optional<String> source = from.isEmpty() ? previous : Optional.of(from);
      Shape in = source.map(name -> outputs.getOrDefault(name, new Shape.Unknown())).orElse(input);
      Shape out = output(layer, in);
      nodes.add(new Node(layer, source, in, out));
      outputs.put(layer.name(), out);
      previous = Optional.of(layer.name());
    }
    return new Network(spec, input, nodes, free);
  }

  private Shape input(InputSpec input) {
    if (input.statesImage() == input.statesFeatures()) {
      return new Shape.Unknown();
    }
    if (input.statesFeatures()) {
      return size(input.features(), "features", "of the input")
          .<Shape>map(Shape.Features::new)
          .orElse(new Shape.Unknown());
    }
    Optional<Count> channels = size(input.channels(), "channels", "of the images");
    Optional<Count> height = size(input.height(), "height", "of the images in pixels");
    Optional<Count> width = size(input.width(), "width", "of the images in pixels");
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
    return layer instanceof LayerSpec.Unreadable ? new Shape.Unknown() : in;
  }

  private static Shape slide(LayerSpec.Windowed layer, Shape in, Count channels) {
    Optional<Window> stated = layer.window().window();
    if (!(in instanceof Shape.Image image) || stated.isEmpty()) {
      return new Shape.Unknown();
    }
    Window window = stated.get();
    Count height =
        image
            .height()
            .slide(
                window.kernel().rows(),
                window.stride().rows(),
                window.padding().rows(),
                window.dilation().rows());
    Count width =
        image
            .width()
            .slide(
                window.kernel().columns(),
                window.stride().columns(),
                window.padding().columns(),
                window.dilation().columns());
    return isEmpty(height) || isEmpty(width)
        ? new Shape.Unknown()
        : new Shape.Image(channels, height, width);
  }

  private static boolean isEmpty(Count size) {
    return size.known().filter(known -> known.signum() <= 0).isPresent();
  }

  private Optional<Count> out(LayerSpec.Affine layer) {
    boolean last = layer == spec.layers().get(spec.layers().size() - 1);
    String name = last && layer instanceof LayerSpec.Linear ? "classes" : layer.name() + "Out";
    return size(layer.out(), name, "outputs of {@code " + layer.name() + "}");
  }

  private Optional<Count> size(Stated<Integer> stated, String name, String meaning) {
    if (stated.value() == Dim.FREE) {
      free.add(new FreeDimension(name, meaning));
      return Optional.of(Count.free(name));
    }
    return stated.value() < 1 ? Optional.empty() : Optional.of(Count.of(stated.value()));
  }
}

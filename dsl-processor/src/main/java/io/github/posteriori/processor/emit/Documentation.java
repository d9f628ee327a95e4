package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Cost;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.LeftOut;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import io.github.posteriori.processor.spec.Window;
import java.util.List;
import java.util.stream.Collectors;

/** What the Javadoc of a generated class tells: a table of the layers and what each one costs. */
final class Documentation {
  private Documentation() {}

  static CodeBlock table(Network network, ClassName definition) {
    CodeBlock.Builder text = CodeBlock.builder();
    text.add("The module of {@link $T}, for inputs of shape $L.\n\n", definition, network.input());
    text.add("<table>\n<caption>Layers, for one example</caption>\n");
    text.add("$L\n", row("th", "field", "layer", "output", "parameters", "multiply-adds"));
    for (Node node : network.nodes()) {
      Cost cost = Cost.of(node);
      text.add(
          "$L\n",
          row(
              "td",
              node.name(),
              description(network, node),
              node.output(),
              cost.parameters(),
              cost.multiplyAdds()));
    }
    Cost total = Cost.of(network);
    text.add("$L\n", row("th", "total", "", "", total.parameters(), total.multiplyAdds()));
    text.add("</table>\n");
    if (network.flatLayers().anyMatch(LayerSpec.Custom.class::isInstance)) {
      text.add("\n<p>What a Custom layer costs is its own affair and not counted.\n");
    }
    return text.build();
  }

  /** A layer in a few words, such as {@code BayesConv 6, 5x5}. */
  private static String description(Network network, Node node) {
    String sources = node.sources().stream().map(Source::name).collect(Collectors.joining(" and "));
    if (node.layer() instanceof LayerSpec.Join join) {
      return join.annotation() + " " + sources;
    }
    return kind(node)
        + (network.takesTheOneBefore(node) ? "" : ", from " + sources)
        + LeftOut.by(node).map(leftOut -> ", leaves out " + leftOut).orElse("");
  }

  private static String kind(Node node) {
    LayerSpec layer = node.layer();
    StringBuilder text = new StringBuilder(layer.annotation());
    if (layer instanceof LayerSpec.Affine affine) {
      text.append(' ').append(out(node.output()));
      if (affine instanceof LayerSpec.Conv conv) {
        text.append(", ").append(window(conv, Pair.square(1)));
        text.append(conv.groups().value() > 1 ? ", groups " + conv.groups().value() : "");
      }
      text.append(affine.bias() ? "" : ", no bias");
    } else if (layer instanceof LayerSpec.Pool pool) {
      Pair kernel = pool.window().window().orElseThrow().kernel();
      text.append(' ').append(window(pool, kernel));
    } else if (layer instanceof LayerSpec.Activate activate) {
      text.append(' ').append(activate.function());
    } else if (layer instanceof LayerSpec.Dropout dropout) {
      text.append(' ').append(dropout.probability().value());
    } else if (layer instanceof LayerSpec.Block block) {
      text.append(' ').append(block.network().name());
    } else if (layer instanceof LayerSpec.Custom custom) {
      text.append(' ').append(custom.type().name());
    }
    return text.toString();
  }

  private static Count out(Shape output) {
    return output instanceof Shape.Image image
        ? image.channels()
        : ((Shape.Features) output).count();
  }

  private static String window(LayerSpec.Windowed layer, Pair usualStride) {
    Window window = layer.window().window().orElseThrow();
    return window.kernel()
        + unless(usualStride, "stride", window.stride())
        + unless(Pair.square(0), "padding", window.padding())
        + unless(Pair.square(1), "dilation", window.dilation());
  }

  private static String unless(Pair usual, String part, Pair value) {
    return value.equals(usual) ? "" : ", " + part + " " + value;
  }

  private static String row(String cell, Object... values) {
    StringBuilder row = new StringBuilder("<tr>");
    for (Object value : List.of(values)) {
      row.append("<" + cell + ">").append(value).append("</" + cell + ">");
    }
    return row.append("</tr>").toString();
  }
}

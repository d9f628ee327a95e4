package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Cost;
import io.github.posteriori.processor.infer.LeftOut;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;

/** Writes the Javadoc of a generated class: a table of the layers and their costs. */
final class Documentation {
  private Documentation() {}

  static CodeBlock table(Network network, ClassName definition) {
    CodeBlock.Builder text = CodeBlock.builder();
    text.add("The module of {@link $T}, for inputs of shape $L.\n\n", definition, network.input());
    text.add("<table>\n<caption>Layers, for one example</caption>\n");
    text.add("$L\n", row("th", "field", "layer", "output", "parameters", "multiply-adds"));
    for (Node node : network.nodes()) {
      Cost cost = node.cost();
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
    Cost total = network.cost();
    text.add("$L\n", row("th", "total", "", "", total.parameters(), total.multiplyAdds()));
    text.add("</table>\n");
    if (network.flatLayers().anyMatch(LayerSpec.Custom.class::isInstance)) {
      text.add("\n<p>The cost of a Custom layer is unknown and not counted.\n");
    }
    return text.build();
  }

  /** Describes a layer in a few words, such as {@code BayesConv 6, 5x5}. */
  private static String description(Network network, Node node) {
    String words = LayerKind.of(node).words();
    boolean isUsual = node.sources().size() > 1 || network.takesTheOneBefore(node);
    return node.layer().annotation()
        + (words.isEmpty() ? "" : " " + words)
        + (isUsual ? "" : ", from " + node.source().name())
        + LeftOut.by(node).map(leftOut -> ", leaves out " + leftOut).orElse("");
  }

  private static String row(String cell, Object... values) {
    StringBuilder row = new StringBuilder("<tr>");
    for (Object value : List.of(values)) {
      row.append("<" + cell + ">").append(value).append("</" + cell + ">");
    }
    return row.append("</tr>").toString();
  }
}

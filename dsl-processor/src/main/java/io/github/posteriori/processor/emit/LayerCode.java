package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.ArrayList;
import java.util.List;

/** The line of the constructor that makes a layer. */
final class LayerCode {
  private final Network network;
  private final Names names;

  LayerCode(Network network, Names names) {
    this.network = network;
    this.names = names;
  }

  /** Makes a layer, after a check of what the compiler could not. */
  CodeBlock make(Node node) {
    return CodeBlock.builder()
        .add(check(node))
        .addStatement("$L = $L", names.layer(node.name()), made(node))
        .build();
  }

  private CodeBlock made(Node node) {
    if (node.within().isPresent()) {
      List<CodeBlock> arguments = new ArrayList<>(List.of(shape(node.source())));
      node.within()
          .get()
          .outputs()
          .forEach(out -> arguments.add(CodeBlock.of("$L", names.code(out))));
      return CodeBlock.of(
          "$T.nest($L, $S, $L)",
          LayerTypes.of(node.layer()),
          names.build(),
          node.name(),
          CodeBlock.join(arguments, ",$W"));
    }
    if (node.layer() instanceof LayerSpec.Custom custom) {
      return CodeBlock.of(
          "$L.custom(new $T($L.name($S), $L)$L)",
          names.build(),
          LayerTypes.of(custom),
          names.build(),
          node.name(),
          shape(node.source()),
          ShapeFunctionCode.of(custom, node.input()));
    }
    return CodeBlock.of(
        "$L.$L($S, $L$L)",
        names.build(),
        method(node.layer()),
        node.name(),
        node.sources().stream().map(this::shape).collect(CodeBlock.joining(",$W")),
        arguments(node));
  }

  /** The shape of what a layer takes. */
  private CodeBlock shape(Source source) {
    if (source.isInput()) {
      return CodeBlock.of("$L.input()", names.build());
    }
    boolean isBlock = network.node(source.name()).within().isPresent();
    return CodeBlock.of("$L.$L()", names.layer(source.name()), isBlock ? "outputShape" : "output");
  }

  private static String method(LayerSpec layer) {
    if (layer instanceof LayerSpec.Activate) {
      return "activation";
    }
    String annotation = layer.annotation();
    return Character.toLowerCase(annotation.charAt(0)) + annotation.substring(1);
  }

  /** What follows the input, with the comma before it. */
  private CodeBlock arguments(Node node) {
    LayerSpec layer = node.layer();
    if (layer instanceof LayerSpec.Conv conv) {
      String out = names.code(((Shape.Image) node.output()).channels());
      return CodeBlock.of(", $L$L", WindowCode.filters(conv, out), stated(conv));
    }
    if (layer instanceof LayerSpec.Linear linear) {
      String out = names.code(((Shape.Features) node.output()).count());
      return CodeBlock.of(", $L, $L$L", out, linear.bias(), stated(linear));
    }
    if (layer instanceof LayerSpec.Pool pool) {
      return CodeBlock.of(", $L", WindowCode.of(pool.window().window().orElseThrow()));
    }
    if (layer instanceof LayerSpec.Activate activate) {
      return CodeBlock.of(", $T.$L", Activation.class, activate.function());
    }
    if (layer instanceof LayerSpec.Dropout dropout) {
      return CodeBlock.of(", $L", PriorCode.number(dropout.probability().value()));
    }
    return CodeBlock.of("");
  }

  private static CodeBlock stated(LayerSpec.Affine layer) {
    return layer
        .bayes()
        .flatMap(PriorCode::stated)
        .map(variational -> CodeBlock.of(",$W$L", variational))
        .orElse(CodeBlock.of(""));
  }

  /** What the user states and the compiler could not compare, because a dimension is free. */
  private CodeBlock check(Node node) {
    LayerSpec layer = node.layer();
    if (layer instanceof LayerSpec.Conv conv) {
      return check(node, "in", conv.in(), ((Shape.Image) node.input()).channels());
    }
    if (layer instanceof LayerSpec.Linear linear) {
      return check(node, "in", linear.in(), ((Shape.Features) node.input()).count());
    }
    if (layer instanceof LayerSpec.Flatten flatten) {
      return check(node, "features", flatten.features(), ((Shape.Image) node.input()).size());
    }
    return CodeBlock.of("");
  }

  private CodeBlock check(Node node, String element, Stated<Integer> stated, Count inferred) {
    if (stated.value() == Dim.INFER || inferred.known().isPresent()) {
      return CodeBlock.of("");
    }
    return CodeBlock.builder()
        .addStatement(
            "$L.check($S, $S, $L, $L)",
            names.build(),
            node.name(),
            element,
            stated.value(),
            shape(node.source()))
        .build();
  }
}

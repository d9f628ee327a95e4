package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.function.Function;

/** The line of the constructor that makes a layer. */
final class LayerCode {
  private final Names names;

  LayerCode(Names names) {
    this.names = names;
  }

  /** The concrete type of a layer. */
  static ClassName type(LayerSpec layer) {
    if (layer instanceof LayerSpec.Conv) {
      return RuntimeTypes.CONV_LAYER;
    }
    if (layer instanceof LayerSpec.Linear) {
      return RuntimeTypes.LINEAR_LAYER;
    }
    if (layer instanceof LayerSpec.Pool) {
      return RuntimeTypes.POOL_LAYER;
    }
    if (layer instanceof LayerSpec.Activate) {
      return RuntimeTypes.ACTIVATION_LAYER;
    }
    if (layer instanceof LayerSpec.Flatten) {
      return RuntimeTypes.FLATTEN_LAYER;
    }
    if (layer instanceof LayerSpec.BatchNorm) {
      return RuntimeTypes.BATCH_NORM_LAYER;
    }
    if (layer instanceof LayerSpec.Dropout) {
      return RuntimeTypes.DROPOUT_LAYER;
    }
    throw new IllegalArgumentException("no layer: " + layer);
  }

  /** Makes a layer, after a check of what the compiler could not. */
  CodeBlock make(Node node) {
    return CodeBlock.builder()
        .add(check(node))
        .addStatement(
            "$L = $L.$L($S, $L$L)",
            node.name(),
            names.build(),
            method(node.layer()),
            node.name(),
            input(node),
            arguments(node))
        .build();
  }

  private static String method(LayerSpec layer) {
    if (layer instanceof LayerSpec.Activate) {
      return "activation";
    }
    String annotation = layer.annotation();
    return Character.toLowerCase(annotation.charAt(0)) + annotation.substring(1);
  }

  private CodeBlock input(Node node) {
    if (node.source().isPresent()) {
      return CodeBlock.of("$L.output()", node.source().get());
    }
    if (node.input() instanceof Shape.Image image) {
      return CodeBlock.of(
          "$T.image($L, $L, $L)",
          RuntimeTypes.SHAPE,
          names.code(image.channels()),
          names.code(image.height()),
          names.code(image.width()));
    }
    return CodeBlock.of(
        "$T.features($L)", RuntimeTypes.SHAPE, names.code(((Shape.Features) node.input()).count()));
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
      Count channels = ((Shape.Image) node.input()).channels();
      return check(node, "in", conv.in(), channels, names::code);
    }
    if (layer instanceof LayerSpec.Linear linear) {
      Count features = ((Shape.Features) node.input()).count();
      return check(node, "in", linear.in(), features, count -> size(node, count));
    }
    if (layer instanceof LayerSpec.Flatten flatten) {
      Count numbers = ((Shape.Image) node.input()).size();
      return check(node, "features", flatten.features(), numbers, count -> size(node, count));
    }
    return CodeBlock.of("");
  }

  private CodeBlock check(
      Node node,
      String element,
      Stated<Integer> stated,
      Count inferred,
      Function<Count, String> code) {
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
            code.apply(inferred))
        .build();
  }

  private String size(Node node, Count count) {
    return node.source()
        .map(source -> source + ".output().size()")
        .orElseGet(() -> names.code(count));
  }
}

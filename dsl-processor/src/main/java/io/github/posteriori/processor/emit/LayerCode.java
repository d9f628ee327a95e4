package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.annotations.Dim;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.infer.StatedInput;

/** Writes the line of the constructor that makes a layer. */
final class LayerCode {
  private final Network network;
  private final Names names;

  LayerCode(Network network, Names names) {
    this.network = network;
    this.names = names;
  }

  /** Returns the code that makes a layer, after a check that the compiler could not do. */
  CodeBlock make(Node node) {
    CodeBlock inputs = node.sources().stream().map(this::shape).collect(CodeBlock.joining(",$W"));
    CodeBlock.Builder code = CodeBlock.builder();
    StatedInput.of(node)
        .filter(LayerCode::isLeftToTheRuntime)
        .ifPresent(
            input ->
                code.addStatement(
                    "$L.check($S, $S, $L, $L)",
                    names.build(),
                    node.name(),
                    input.element(),
                    input.stated().value(),
                    inputs));
    return code.addStatement(
            "$L = $L", names.layer(node.name()), LayerKind.of(node).making().code(names, inputs))
        .build();
  }

  /** Returns the shape of a source, as an expression. */
  private CodeBlock shape(Source source) {
    if (source.isInput()) {
      return CodeBlock.of("$L.input()", names.build());
    }
    boolean isBlock = network.node(source.name()).within().isPresent();
    return CodeBlock.of("$L.$L()", names.layer(source.name()), isBlock ? "outputShape" : "output");
  }

  /** Returns whether the compiler could not check the number, because a dimension is free. */
  private static boolean isLeftToTheRuntime(StatedInput input) {
    return input.stated().value() != Dim.INFER && input.arrives().orElseThrow().known().isEmpty();
  }
}

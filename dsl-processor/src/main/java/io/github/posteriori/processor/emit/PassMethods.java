package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Source;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the straight-line forward pass, and the same stages in reverse order. */
final class PassMethods {
  private final Network network;
  private final List<Stage> stages;
  private final Names names;

  PassMethods(Network network, List<Stage> stages, Names names) {
    this.network = network;
    this.stages = stages;
    this.names = names;
  }

  MethodSpec forward() {
    CodeBlock.Builder code = CodeBlock.builder();
    int width = names.longestField();
    for (Stage stage : stages) {
      for (Node node : stage.nodes()) {
        String padding = " ".repeat(width - node.name().length());
        code.add("// $L$L  $L -> $L\n", node.name(), padding, inputs(node), node.output());
      }
      code.addStatement(
          "$L $L.$L($L, $L)",
          isLast(stage)
              ? CodeBlock.of("return")
              : CodeBlock.of("$T $L =", RuntimeTypes.SIGNAL, names.layer(stage.last().name())),
          names.pass(),
          stage.isJoin() ? "join" : "forward",
          names.runnable(stage),
          stage.first().sources().stream()
              .map(source -> CodeBlock.of("$L", names.signal(source)))
              .collect(CodeBlock.joining(", ")));
    }
    return method("forward")
        .addParameter(RuntimeTypes.SIGNAL, names.input())
        .addCode(code.build())
        .build();
  }

  MethodSpec backward() {
    return method("backward")
        .addParameter(RuntimeTypes.SIGNAL, names.outputGradient())
        .addCode(new BackwardCode(network, stages, names).code())
        .build();
  }

  private MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(RuntimeTypes.SIGNAL)
        .addParameter(RuntimeTypes.PASS, names.pass());
  }

  private static String inputs(Node node) {
    return String.join(
        " and ", node.sources().stream().map(Source::shape).map(Object::toString).toList());
  }

  private boolean isLast(Stage stage) {
    return stage == stages.get(stages.size() - 1);
  }
}

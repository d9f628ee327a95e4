package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import io.github.posteriori.processor.infer.Node;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The straight-line forward pass, and the same stages in the opposite order. */
final class PassMethods {
  private final List<Stage> stages;
  private final Names names;

  PassMethods(List<Stage> stages, Names names) {
    this.stages = stages;
    this.names = names;
  }

  MethodSpec forward() {
    CodeBlock.Builder code = CodeBlock.builder();
    int width = names.longestField();
    for (Stage stage : stages) {
      for (Node node : stage.nodes()) {
        String padding = " ".repeat(width - node.name().length());
        code.add("// $L$L  $L -> $L\n", node.name(), padding, node.input(), node.output());
      }
      code.addStatement(
          "$L $L.forward($L, $L)",
          isLast(stage) ? CodeBlock.of("return") : output(stage.last().name()),
          names.pass(),
          names.stage(stage),
          stage.source().orElse(names.images()));
    }
    return MethodSpec.methodBuilder("forward")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(RuntimeTypes.SIGNAL)
        .addParameter(RuntimeTypes.PASS, names.pass())
        .addParameter(RuntimeTypes.SIGNAL, names.images())
        .addCode(code.build())
        .build();
  }

  /**
   * Gradients go by the name of the layer whose output they belong to. There is one for each
   * output: without layers that join two outputs, a second taker would leave an output unused,
   * which is a fault.
   */
  MethodSpec backward() {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = stages.size() - 1; i >= 0; i--) {
      Stage stage = stages.get(i);
      String gradient = isLast(stage) ? names.logitsGradient() : stage.last().name();
      if (stage.source().isPresent()) {
        code.addStatement(
            "$L $L.backward($L, $L)",
            output(stage.source().get()),
            names.pass(),
            names.stage(stage),
            gradient);
      } else {
        code.addStatement(
            "$L.backwardToParameters($L, $L)", names.pass(), names.stage(stage), gradient);
      }
    }
    return MethodSpec.methodBuilder("backward")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .addParameter(RuntimeTypes.PASS, names.pass())
        .addParameter(RuntimeTypes.SIGNAL, names.logitsGradient())
        .addCode(code.build())
        .build();
  }

  private boolean isLast(Stage stage) {
    return stage == stages.get(stages.size() - 1);
  }

  private static CodeBlock output(String layer) {
    return CodeBlock.of("$T $L =", RuntimeTypes.SIGNAL, layer);
  }
}

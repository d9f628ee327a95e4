package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the backward pass. A gradient is named after the layer whose output it belongs to; the
 * gradient of an output that several stages take is the sum of theirs.
 */
final class BackwardCode {
  private final Network network;
  private final List<Stage> stages;
  private final Names names;
  private final CodeBlock.Builder code = CodeBlock.builder();

  /** The gradients of outputs, as expressions, by source. */
  private final Map<String, CodeBlock> gradients = new HashMap<>();

  /** The gradients so far of outputs for which more are to come, by source. */
  private final Map<String, List<CodeBlock>> shares = new HashMap<>();

  BackwardCode(Network network, List<Stage> stages, Names names) {
    this.network = network;
    this.stages = stages;
    this.names = names;
  }

  CodeBlock code() {
    gradients.put(network.last().name(), CodeBlock.of("$L", names.outputGradient()));
    for (int i = stages.size() - 1; i >= 0; i--) {
      Stage stage = stages.get(i);
      CodeBlock gradient = gradients.get(stage.last().name());
      if (stage.isJoin()) {
        split(stage, gradient);
      } else {
        give(
            stage.first().source(),
            stage,
            CodeBlock.of("$L.backward($L, $L)", names.pass(), names.runnable(stage), gradient),
            false);
      }
    }
    return code.build();
  }

  private void split(Stage stage, CodeBlock gradient) {
    String parts = names.local(stage.first().name() + "Inputs");
    code.addStatement(
        "$T[] $L = $L.split($L, $L)",
        RuntimeTypes.SIGNAL,
        parts,
        names.pass(),
        names.runnable(stage),
        gradient);
    List<Source> sources = stage.first().sources();
    for (int i = 0; i < sources.size(); i++) {
      give(sources.get(i), stage, CodeBlock.of("$L[$L]", parts, i), true);
    }
  }

  /**
   * Adds a gradient to those of an output.
   *
   * @param isName whether {@code gradient} may be written again rather than computed anew
   */
  private void give(Source source, Stage stage, CodeBlock gradient, boolean isName) {
    List<CodeBlock> given = shares.computeIfAbsent(source.name(), name -> new ArrayList<>());
    int takers = network.consumersOf(source.name()).size();
    if (given.size() + 1 < takers) {
      given.add(isName ? gradient : declare(source.name() + "From" + capital(stage), gradient));
      return;
    }
    given.add(gradient);
    CodeBlock all =
        takers == 1
            ? gradient
            : CodeBlock.of("$L.sum($L)", names.pass(), CodeBlock.join(given, ",$W"));
    if (source.isInput()) {
      // The first stage that takes the input is the last one here.
      code.addStatement("return $L", all);
    } else if (takers == 1 && isName) {
      gradients.put(source.name(), gradient);
    } else {
      code.addStatement("$T $L = $L", RuntimeTypes.SIGNAL, names.layer(source.name()), all);
      gradients.put(source.name(), CodeBlock.of("$L", names.layer(source.name())));
    }
  }

  private CodeBlock declare(String suggestion, CodeBlock gradient) {
    String name = names.local(suggestion);
    code.addStatement("$T $L = $L", RuntimeTypes.SIGNAL, name, gradient);
    return CodeBlock.of("$L", name);
  }

  private static String capital(Stage stage) {
    String name = stage.first().name();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

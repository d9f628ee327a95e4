package io.github.posteriori.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.FreeDimension;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Node;
import io.github.posteriori.processor.infer.Source;
import io.github.posteriori.processor.spec.LayerOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a generated class. The user's fields keep their names, and everything else gives
 * way. Only a field that would hide a name that the class needs is renamed; its accessor is not.
 */
final class Names {
  private final NameAllocator allocator = new NameAllocator();
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, Stage> stages = new HashMap<>();
  private final int longestField;
  private final String definition;
  private final String layers;
  private final String build;
  private final String pass;
  private final String input;
  private final String outputGradient;

  Names(Network network, List<Stage> stages) {
    hidden(network).forEach(allocator::newName);
    for (Node node : network.nodes()) {
      allocator.newName(node.name(), node.name());
    }
    for (Stage stage : stages) {
      this.stages.put(stage.last().name(), stage);
      if (!stage.isBlock()) {
        allocator.newName(stage.first().name() + "Stage", stage);
      }
    }
    for (FreeDimension dimension : network.free()) {
      allocator.newName(dimension.name(), dimension);
    }
    network.free().forEach(dimension -> parameters.put(dimension.name(), allocator.get(dimension)));
    longestField = network.nodes().stream().mapToInt(node -> node.name().length()).max().orElse(0);
    definition = allocator.newName("DEFINITION");
    layers = allocator.newName(LayerOrder.CONSTANT);
    build = allocator.newName("build");
    pass = allocator.newName("pass");
    input = allocator.newName("input");
    outputGradient = allocator.newName("outputGradient");
  }

  /**
   * Returns the names in expressions that a variable would hide even if types are qualified:
   * packages, and classes of this package.
   */
  private static Set<String> hidden(Network network) {
    Set<String> names = new TreeSet<>(Set.of("Math", root(RuntimeTypes.MODULE)));
    for (Node node : network.nodes()) {
      if (node.within().isPresent()) {
        ClassName block = LayerKind.of(node).type();
        names.addAll(List.of(root(block), block.simpleName()));
      }
    }
    names.remove(""); // the unnamed package
    return names;
  }

  private static String root(ClassName type) {
    return type.packageName().replaceFirst("\\..*", "");
  }

  /** Returns the length of the longest field name. */
  int longestField() {
    return longestField;
  }

  /** The constant that names the annotated class. */
  String definition() {
    return definition;
  }

  /** The constant that names the layers in their order. */
  String layers() {
    return layers;
  }

  /** The local variable of the constructor's builder. */
  String build() {
    return build;
  }

  /** The pass, a parameter of {@code forward} and {@code backward}. */
  String pass() {
    return pass;
  }

  /** The input, a parameter of {@code forward}. */
  String input() {
    return input;
  }

  /** The gradient of the output, a parameter of {@code backward}. */
  String outputGradient() {
    return outputGradient;
  }

  /** Returns the field of a stage. */
  String stage(Stage stage) {
    return allocator.get(stage);
  }

  /** Returns what a pass runs: a stage, or the network of a block. */
  CodeBlock runnable(Stage stage) {
    // A local variable of the block's name holds its output.
    return stage.isBlock()
        ? CodeBlock.of("this.$L.network()", layer(stage.first().name()))
        : CodeBlock.of("$L", stage(stage));
  }

  /** Returns the field of a layer, which is also the local variable of its output. */
  String layer(String name) {
    return allocator.get(name);
  }

  /** Returns the input, in the constructor, of a block or of a layer that begins a stage. */
  CodeBlock inflow(Node node) {
    return CodeBlock.of(
        "$L.from($L)",
        build,
        node.sources().stream().map(this::output).collect(CodeBlock.joining(",$W")));
  }

  /** Returns the output of a source in the constructor. */
  private CodeBlock output(Source source) {
    if (source.isInput()) {
      return CodeBlock.of("$T.INPUT", RuntimeTypes.SOURCE);
    }
    Stage stage = stages.get(source.name());
    return stage.isBlock()
        ? CodeBlock.of("$L.network()", layer(source.name()))
        : CodeBlock.of("$L", stage(stage));
  }

  /** Returns the output of a source in {@code forward}. */
  String signal(Source source) {
    return source.isInput() ? input : layer(source.name());
  }

  /** Returns the parameter of a free dimension. */
  String parameter(String dimension) {
    return parameters.get(dimension);
  }

  /** Returns an unused name for a local variable. */
  String local(String suggestion) {
    return allocator.newName(suggestion);
  }

  /** Returns a count in code: a number, or the parameter of a free dimension. */
  String code(Count count) {
    return count.known().map(Object::toString).orElseGet(() -> parameter(count.toString()));
  }
}

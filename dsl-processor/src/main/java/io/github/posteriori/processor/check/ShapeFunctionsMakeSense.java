package io.github.posteriori.processor.check;

import io.github.posteriori.processor.infer.Arithmetic;
import io.github.posteriori.processor.infer.ArithmeticParser;
import io.github.posteriori.processor.infer.Count;
import io.github.posteriori.processor.infer.Network;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.ShapeFunction;
import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Stated;
import java.util.Map;
import java.util.Optional;

/** Checks that the declared output of a custom layer can be parsed and is a shape. */
final class ShapeFunctionsMakeSense implements Rule {
  @Override
  public void check(Network network, Reporter reporter) {
    network.forEach(
        LayerSpec.Custom.class, (custom, node) -> check(custom, node.input(), reporter));
  }

  private static void check(LayerSpec.Custom custom, Shape input, Reporter reporter) {
    int entries = custom.output().size();
    if (entries != 0 && entries != 1 && entries != 3) {
      reporter.report(custom.output().get(0).place(), Message.SHAPE_FUNCTION_ENTRIES, entries);
    }
    if (!(input instanceof Shape.Unknown)) {
      Map<String, Count> names = ShapeFunction.names(input);
      custom.output().forEach(entry -> check(entry, names, reporter));
    }
  }

  private static void check(Stated<String> entry, Map<String, Count> names, Reporter reporter) {
    Optional<Arithmetic> read = ArithmeticParser.parse(entry.value());
    Optional<String> unknown = read.flatMap(arithmetic -> arithmetic.unknownName(names));
    if (read.isEmpty() || unknown.isPresent()) {
      reporter.report(
          entry.place(),
          Message.SHAPE_FUNCTION,
          entry.value(),
          unknown.map(name -> ", for the input has no " + name + hint(name, names)).orElse(""),
          String.join(", ", names.keySet()));
      return;
    }
    read.get()
        .value(names)
        .filter(size -> size.isBelow(1))
        .ifPresent(
            size -> reporter.report(entry.place(), Message.OUTPUT_VANISHES, entry.value(), size));
  }

  private static String hint(String name, Map<String, Count> names) {
    return Spelling.closest(name, names.keySet())
        .map(meant -> " (did you mean " + meant + "?)")
        .orElse("");
  }
}

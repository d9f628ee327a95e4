package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.infer.Arithmetic;
import io.github.posteriori.processor.infer.Shape;
import io.github.posteriori.processor.infer.ShapeFunction;
import io.github.posteriori.processor.spec.LayerSpec;
import java.util.List;

/** Writes the declared output shape of a custom layer as a lambda, which the runtime checks. */
final class ShapeFunctionCode {
  private ShapeFunctionCode() {}

  /** Returns the lambda after a comma; empty if the shape does not change. */
  static CodeBlock of(LayerSpec.Custom layer, Shape input) {
    List<Arithmetic> output = ShapeFunction.of(layer).orElseThrow().dimensions();
    if (output.isEmpty()) {
      return CodeBlock.of("");
    }
    String names = String.join(", ", ShapeFunction.names(input).keySet());
    return CodeBlock.of(
        ",$W$L -> $T.$L($L)",
        input instanceof Shape.Image ? "(" + names + ")" : names,
        RuntimeTypes.SHAPE,
        output.size() == 1 ? "features" : "image",
        output.stream().map(ShapeFunctionCode::of).collect(CodeBlock.joining(", ")));
  }

  private static CodeBlock of(Arithmetic arithmetic) {
    if (arithmetic instanceof Arithmetic.Literal literal) {
      return CodeBlock.of("$L", literal.number());
    }
    if (arithmetic instanceof Arithmetic.Dimension dimension) {
      return CodeBlock.of("$L", dimension.name());
    }
    if (arithmetic instanceof Arithmetic.Quotient quotient) {
      return CodeBlock.of(
          "$T.floorDiv($L, $L)", Math.class, of(quotient.dividend()), quotient.divisor());
    }
    if (arithmetic instanceof Arithmetic.Product product) {
      return CodeBlock.of("$L * $L", operand(product.left()), operand(product.right()));
    }
    Arithmetic.Sum sum = (Arithmetic.Sum) arithmetic;
    return CodeBlock.of(
        "$L $L $L", of(sum.left()), sum.sign() < 0 ? "-" : "+", operand(sum.right()));
  }

  private static CodeBlock operand(Arithmetic side) {
    return side instanceof Arithmetic.Sum ? CodeBlock.of("($L)", of(side)) : of(side);
  }
}

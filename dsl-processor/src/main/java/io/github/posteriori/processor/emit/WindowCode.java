package io.github.posteriori.processor.emit;

import com.palantir.javapoet.CodeBlock;
import io.github.posteriori.processor.spec.LayerSpec;
import io.github.posteriori.processor.spec.Pair;
import io.github.posteriori.processor.spec.Window;

/** Writes windows and filters as expressions, with only the parts that differ from the default. */
final class WindowCode {
  private WindowCode() {}

  static CodeBlock of(Window window) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.add("$T.kernel($L)", RuntimeTypes.WINDOW, pair(window.kernel()));
    add(code, "stride", window.stride(), Pair.square(1));
    add(code, "padding", window.padding(), Pair.square(0));
    add(code, "dilation", window.dilation(), Pair.square(1));
    return code.build();
  }

  /**
   * Returns the filters of a convolution.
   *
   * @param out number of filters, as an expression
   */
  static CodeBlock filters(LayerSpec.Filtering conv, String out) {
    CodeBlock.Builder code = CodeBlock.builder();
    code.add("$T.of($L, $L)", RuntimeTypes.FILTERS, out, of(conv.window().window().orElseThrow()));
    if (conv.groups().value() > 1) {
      code.add(".groups($L)", conv.groups().value());
    }
    if (!conv.bias()) {
      code.add(".withoutBias()");
    }
    return code.build();
  }

  private static void add(CodeBlock.Builder code, String part, Pair value, Pair standard) {
    if (!value.equals(standard)) {
      code.add(".$L($L)", part, pair(value));
    }
  }

  private static String pair(Pair pair) {
    return pair.rows() + ", " + pair.columns();
  }
}

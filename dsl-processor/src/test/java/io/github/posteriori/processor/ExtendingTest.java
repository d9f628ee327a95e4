package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The layers that {@code docs/extending.md} declares compile, in a network that takes them. */
class ExtendingTest {
  private static Page extending() throws IOException {
    return Page.read("docs/extending.md");
  }

  /** The module of a network with one custom layer, declared beside it. */
  private static String module(String layer, String field) {
    return Nets.generated(
        "Outer_NetModule",
        Nets.source(
            "Outer",
            "import io.github.posteriori.layers.*;",
            "import java.util.List;",
            "import org.nd4j.linalg.api.ndarray.INDArray;",
            "import org.nd4j.linalg.factory.Nd4j;",
            "class Outer {",
            layer,
            "@SuppressWarnings(\"posteriori\")",
            "@BayesModel(channels = 3, height = 8, width = 8) static class Net {",
            field,
            "}}"));
  }

  @Test
  void theLayerWithAShapeOfItsOwnCompiles() throws IOException {
    String layer = extending().java("record Enlarge");
    int field = layer.indexOf("@Custom");
    assertThat(module(layer.substring(0, field), layer.substring(field)))
        .contains("// enlarge  [3, 8, 8] -> [3, 16, 16]");
  }

  @Test
  void theLayerWithAParameterCompiles() throws IOException {
    assertThat(module(extending().java("record Scale"), "@Custom Scale scale;"))
        .contains("// scale  [3, 8, 8] -> [3, 8, 8]");
  }
}

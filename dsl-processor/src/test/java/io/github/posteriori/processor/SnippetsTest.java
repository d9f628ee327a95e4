package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;

import java.io.IOException;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The statements that the pages show compile where their variables are what they say. */
class SnippetsTest {
  private static void assertCompiles(String page, String variables) throws IOException {
    StringBuilder methods = new StringBuilder();
    List<String> blocks = Page.read(page).java();
    for (int i = 0; i < blocks.size(); i++) {
      methods.append("void use%d(%s) {%n%s}%n".formatted(i, variables, blocks.get(i)));
    }
    JavaFileObject use =
        Nets.source(
            "Use",
            "import io.github.posteriori.calibration.*;",
            "import io.github.posteriori.data.*;",
            "import io.github.posteriori.data.corruption.*;",
            "import io.github.posteriori.engine.Optimiser;",
            "import io.github.posteriori.layers.*;",
            "import io.github.posteriori.likelihood.*;",
            "import io.github.posteriori.train.*;",
            "import io.github.posteriori.uncertainty.*;",
            "import java.nio.file.Path;",
            "import java.util.List;",
            "import org.nd4j.linalg.api.ndarray.INDArray;",
            "class Use {",
            methods.toString(),
            "}");
    assertThat(Nets.compile(use)).succeededWithoutWarnings();
  }

  @Test
  void thoseAboutDataSets() throws IOException {
    assertCompiles(
        "docs/data-sets.md", "BayesModule net, Dataset test, float[][] images, int[] labels");
  }

  @Test
  void thoseAboutRecipes() throws IOException {
    assertCompiles("docs/recipes.md", "");
  }

  @Test
  void thoseAboutServing() throws IOException {
    assertCompiles("docs/serving.md", "BayesModule net, Dataset heldOut, Path path");
  }

  @Test
  void thoseAboutUncertainty() throws IOException {
    assertCompiles(
        "docs/uncertainty.md",
        "BayesModule net, INDArray images, Dataset set, Dataset heldOut, Path path,"
            + " double[] entropiesInside, double[] entropiesOutside");
  }
}

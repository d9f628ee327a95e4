package io.github.posteriori.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.models.BayesLeNetModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that docs/export.md shows write models and run them. */
class ExportPageTest {
  @TempDir private Path folder;

  @Test
  void statementsRun() throws IOException, ReflectiveOperationException {
    String page = Files.readString(Path.of("../docs/export.md"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertEquals(2, blocks.size());
    String statements =
        String.join("", blocks)
            .replace("\"net.onnx\"", "\"" + folder.resolve("net.onnx") + "\"")
            .replace("\"moments.onnx\"", "\"" + folder.resolve("moments.onnx") + "\"")
            .replace("\"means.onnx\"", "\"" + folder.resolve("means.onnx") + "\"");
    Path source = folder.resolve("Use.java");
    Files.writeString(
        source,
        "import ai.onnxruntime.*;\n"
            + "import io.github.posteriori.*;\n"
            + "import io.github.posteriori.onnx.*;\n"
            + "import java.nio.FloatBuffer;\n"
            + "import java.nio.file.Path;\n"
            + "import java.util.Map;\n"
            + "public class Use {\n"
            + "  public static void use(BayesModule net, float[] pixels) throws Exception {\n"
            + statements
            + "}\n}\n");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
    assertEquals(0, failed);
    BayesModule net = BayesLeNetModule.create(1, 10, ModuleOptions.defaults());
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader
          .loadClass("Use")
          .getMethod("use", BayesModule.class, float[].class)
          .invoke(null, net, new float[32 * 32]);
    }
  }
}

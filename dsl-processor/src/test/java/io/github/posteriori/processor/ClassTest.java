package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which classes may be networks. */
class ClassTest {
  private static final String MODEL = "@BayesModel(features = 4)";
  private static final String LAYER = "  @BayesLinear(out = 2) Layer fc;";

  @ParameterizedTest
  @CsvSource({
    "interface Net, an interface",
    "enum Net, an enum",
    "record Net(int n), a record",
    "@interface Net, an annotation type"
  })
  void onlyPlainClassesAreNetworks(String declaration, String kind) {
    assertRefused(
        source("test.Net", MODEL, declaration + " {}"),
        "[P001] Net is "
            + kind
            + ", expected a plain class: declare the layers as the fields of a"
            + " class",
        declaration);
  }

  @Test
  void privateClassIsRefused() {
    assertRefused(
        source("test.Outer", "class Outer {", MODEL, "private static class Net {", LAYER, "}}"),
        "[P002] Net is private, and the generated module could not name it: make it public or"
            + " package-private",
        "class Net");
  }

  @Test
  void classWithinPrivateClassIsRefused() {
    assertRefused(
        source(
            "test.Outer",
            "class Outer {",
            "private static class Inner {",
            MODEL,
            "static class Net {",
            LAYER,
            "}}}"),
        "[P002] Inner is private",
        "class Net");
  }

  @Test
  void innerClassIsRefused() {
    assertRefused(
        source("test.Outer", "class Outer {", MODEL, "class Net {", LAYER, "}}"),
        "[P003] Net is an inner class, expected a static one: add 'static'",
        "class Net");
  }

  @Test
  void genericClassIsRefused() {
    assertRefused(
        source("test.Net", MODEL, "class Net<A, B extends A> {", LAYER, "}"),
        "[P004] Net has type parameters, which mean nothing to a network: remove <A, B>",
        "class Net");
  }

  @Test
  void emptyClassIsRefused() {
    assertRefused(
        net("features = 4", "  int n;", "  static Layer own;"),
        "[P005] Net declares no layer: add fields of type io.github.posteriori.Layer",
        "class Net");
  }

  @Test
  void staticNestedClassIsANetwork() {
    Compilation compilation =
        compile(source("test.Outer", "class Outer {", MODEL, "static class Net {", LAYER, "}}"));
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedSourceFile("test.Outer_NetModule")
        .contentsAsUtf8String()
        .contains("private static final String DEFINITION = \"test.Outer$Net\";");
  }

  @Test
  void classInTheUnnamedPackageIsANetwork() {
    Compilation compilation = compile(source("Net", MODEL, "class Net {", LAYER, "}"));
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation).generatedSourceFile("NetModule");
  }

  @Test
  void moduleIsAsVisibleAsItsClassIsEverywhere() {
    JavaFileObject sources =
        source(
            "test.Outer",
            "public class Outer {",
            MODEL + " public static class Open {" + LAYER + "}",
            MODEL + " protected static class Guarded {" + LAYER + "}",
            "static class Hidden {",
            MODEL + " public static class Net {" + LAYER + "}",
            "}}");
    Compilation compilation = compile(sources);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(compilation)
        .generatedSourceFile("test.Outer_OpenModule")
        .contentsAsUtf8String()
        .contains("\npublic final class Outer_OpenModule extends BayesModule {");
    for (String hidden : List.of("Outer_GuardedModule", "Outer_Hidden_NetModule")) {
      assertThat(compilation)
          .generatedSourceFile("test." + hidden)
          .contentsAsUtf8String()
          .contains("\nfinal class " + hidden + " extends BayesModule {");
    }
  }

  @Test
  void generatedNameThatTheUserDeclaresIsRefused() {
    JavaFileObject net = net("features = 4", LAYER);
    Compilation compilation = compile(net, source("test.NetModule", "class NetModule {}"));
    assertThat(compilation)
        .hadErrorContaining(
            "[P006] the generated module would be called test.NetModule, and this compilation"
                + " declares such a class: rename one of the two")
        .inFile(net)
        .onLineContaining("class Net");
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void generatedNameThatTwoClassesShareIsRefused() {
    Compilation compilation =
        compile(
            source("test.Outer", "class Outer {", MODEL, "static class Net {", LAYER, "}}"),
            source("test.Outer_Net", MODEL, "class Outer_Net {", LAYER, "}"));
    assertThat(compilation).hadErrorContaining("[P006] the generated module would be called");
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void moduleOfAnEarlierBuildIsReplaced(@TempDir Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path") + java.io.File.pathSeparator + classes;
    for (String out : List.of("2", "3")) {
      JavaFileObject net = net("features = 4", "  @BayesLinear(out = " + out + ") Layer fc;");
      try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
        JavaCompiler.CompilationTask task =
            javac.getTask(
                null, files, null, List.of("-d", "" + classes, "-cp", path), null, List.of(net));
        task.setProcessors(List.of(new PosterioriProcessor()));
        Assertions.assertTrue(task.call());
      }
    }
    String module = Files.readString(classes.resolve("test/NetModule.java"));
    Assertions.assertTrue(module.contains("build.bayesLinear(\"fc\", Shape.features(4), 3, true)"));
  }

  @Test
  void otherFieldsOfTheClassAreTheUsersOwn() {
    assertAccepted(
        net(
            "features = 4",
            "  static final Layer NONE = null;",
            "  private final int size = 3;",
            "  String text = \"\";",
            LAYER));
  }
}

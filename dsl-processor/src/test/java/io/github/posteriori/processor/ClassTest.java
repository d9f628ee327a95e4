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
    Assertions.assertTrue(module.contains("build.bayesLinear(\"fc\", build.input(), 3, true)"));
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

  @Test
  void layersOfASuperclassAreRefused() {
    JavaFileObject net = source("test.Net", MODEL, "class Net extends Middle {", LAYER, "}");
    Compilation compilation =
        compile(
            source(
                "test.Base",
                MODEL,
                "class Base {",
                "  @BayesLinear(out = 4) Layer one;",
                "  @BayesLinear(out = 4) Layer two;",
                "  @Activate static Layer shared;",
                "  int other;",
                "}"),
            source("test.Middle", "class Middle extends Base {}"),
            net);
    assertThat(compilation)
        .hadErrorContaining(
            "[P007] Net inherits one and two from Base, but a network is made of the fields of its"
                + " own class: declare the layers there, or nest the other class with @Block")
        .inFile(net)
        .onLineContaining("class Net");
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void superclassWithoutLayersDoesNotMatter() {
    assertThat(
            compile(
                source("test.Base", "class Base { Layer notAnnotated; int other; }"),
                source("test.Net", MODEL, "class Net extends Base {", LAYER, "}")))
        .succeededWithoutWarnings();
  }

  @ParameterizedTest
  @CsvSource({"class Net", "interface Net", "enum Net", "record Net(int n)"})
  void layersOfAClassThatIsNoNetworkAreRefused(String declaration) {
    boolean isEnum = declaration.startsWith("enum");
    JavaFileObject net =
        source(
            "test.Net",
            declaration + " {" + (isEnum ? ";" : ""),
            "  @BayesLinear(out = 2) static Layer fc = null;",
            "}");
    assertRefused(
        net,
        "[P008] fc is annotated as a layer, but Net is not annotated with @BayesModel, so nothing"
            + " comes of it: annotate the class",
        "Layer fc");
  }

  @Test
  void layerOfAClassThatIsNoNetworkIsRefusedOnceWhateverItsAnnotations() {
    assertRefused(
        source("test.Net", "class Net {", "  @Activate @BatchNorm Layer both;", "}"),
        "[P008] both is annotated as a layer",
        "Layer both");
  }

  @Test
  void modulesThatDifferOnlyByCaseAreRefused() {
    JavaFileObject first = source("test.NET", MODEL, "class NET {", LAYER, "}");
    JavaFileObject second = source("test.Net", MODEL, "class Net {", LAYER, "}");
    Compilation compilation = compile(second, first);
    assertThat(compilation)
        .hadErrorContaining(
            "[P009] the generated module would be called test.NetModule, which differs from"
                + " test.NETModule only by case: file systems may take them for one, so rename one"
                + " of the two classes")
        .inFile(second)
        .onLineContaining("class Net");
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void moduleThatDiffersOnlyByCaseFromAClassOfTheUsersIsRefused() {
    JavaFileObject net = source("test.Net", MODEL, "class Net {", LAYER, "}");
    Compilation compilation = compile(net, source("test.NETMODULE", "class NETMODULE {}"));
    assertThat(compilation)
        .hadErrorContaining("[P009] the generated module would be called test.NetModule, which")
        .inFile(net);
    assertThat(compilation).hadErrorCount(1);
    assertThat(compile(net, source("other.NETMODULE", "class NETMODULE {}")))
        .succeededWithoutWarnings();
  }

  @Test
  void priorStandsOnTheClassOrWithinItsAnnotation() {
    String beside =
        Nets.generated(source("test.Net", MODEL, "@Prior(sigma = 2) class Net {", LAYER, "}"));
    String within = Nets.generated(net("features = 4, prior = @Prior(sigma = 2)", LAYER));
    Assertions.assertEquals(within, beside);
  }

  @Test
  void twoPriorsOfAClassAreRefused() {
    assertRefused(
        source(
            "test.Net",
            "@BayesModel(features = 4, prior = @Prior(sigma = 2))",
            "@Prior(sigma = 3)",
            "class Net {",
            LAYER,
            "}"),
        "[P038] Net has a @Prior both beside its annotation and within it: keep one of the two",
        "@Prior(sigma = 3)");
  }

  @ParameterizedTest
  @CsvSource({
    "'@Prior class Net {}', class Net",
    "'@Prior interface Net {}', interface Net",
    "'class Net { @Prior Layer fc; }', Layer fc",
    "'@BayesModel(features = 4) class Net { @Prior static Layer no;"
        + " @BayesLinear(out = 2) Layer fc; }', static Layer no"
  })
  void priorOfNoNetworkIsRefused(String declaration, String line) {
    assertRefused(
        source("test.Net", declaration),
        "[P039] "
            + line.substring(line.lastIndexOf(' ') + 1)
            + " has a @Prior, but no weights that are distributions: remove it",
        line);
  }
}

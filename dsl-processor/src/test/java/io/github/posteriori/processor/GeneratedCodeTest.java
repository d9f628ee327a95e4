package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.generated;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated; every case also compiles against the runtime, without a warning. */
class GeneratedCodeTest {
  private static final String[] README = {
    "  @BayesConv(out = 16, kernel = 5, stride = 2)  Layer conv;",
    "  @BatchNorm                                    Layer bn;",
    "  @Activate(RELU)                               Layer relu;",
    "  @Flatten                                      Layer flatten;",
    "  @BayesLinear(out = 10)                        Layer fc;"
  };

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), () -> "expected\n" + part + "\nin\n" + text);
  }

  @Test
  void usersReachTheModuleAndItsLayersInOneCompile() {
    JavaFileObject use =
        source(
            "test.Use",
            "class Use {",
            "  NetModule net = NetModule.create();",
            "  NetModule other = NetModule.create(ModuleOptions.defaults().withEstimator(BBB));",
            "  NetModule read = NetModule.load(java.nio.file.Path.of(\"f\"));",
            "  io.github.posteriori.layers.ConvLayer conv = net.conv();",
            "  io.github.posteriori.layers.BatchNormLayer bn = net.bn();",
            "  io.github.posteriori.layers.ActivationLayer relu = net.relu();",
            "  io.github.posteriori.layers.FlattenLayer flatten = net.flatten();",
            "  io.github.posteriori.layers.LinearLayer fc = net.fc();",
            "}");
    assertThat(compile(net(IMAGE, README), use)).succeeded();
  }

  @Test
  void equalSourcesGiveEqualBytes() {
    assertEquals(generated(net(IMAGE, README)), generated(net(IMAGE, README)));
  }

  @Test
  void freeDimensionsAreParametersInTheOrderOfDeclaration() {
    String module =
        generated(
            net(
                "channels = FREE, height = FREE, width = FREE",
                "  @BayesConv(out = FREE, kernel = 3) Layer conv;",
                "  @Flatten Layer flatten;",
                "  @BayesLinear(out = FREE) Layer hidden;",
                "  @BayesLinear(out = FREE) Layer fc;"));
    assertContains(
        module.replaceAll("\\s+", " "),
        "create(int channels, int height, int width, int convOut, int hiddenOut, int classes,"
            + " ModuleOptions options) {");
    assertContains(module, "        .free(\"convOut\", convOut)\n");
    assertContains(
        module,
        "(free, options) -> create(free[0], free[1], free[2], free[3], free[4], free[5], options)");
    assertContains(module, "        .input(Shape.image(channels, height, width));\n");
    assertContains(module, "build.input(), Filters.of(convOut, ");
    assertContains(module, "flatten.output(), hiddenOut, true)");
    assertContains(
        module, "// conv     [channels, height, width] -> [convOut, height - 2, width - 2]");
  }

  @Test
  void freeFeaturesAreAParameter() {
    String module = generated(net("features = FREE", "  @Linear(out = 2, in = 7) Layer fc;"));
    assertContains(module, "public static NetModule create(int features) {");
    assertContains(module, "build.check(\"fc\", \"in\", 7, build.input());");
    assertContains(module, "fc = build.linear(\"fc\", build.input(), 2, true);");
  }

  @Test
  void freeLastLayerThatIsNotLinearIsNamedAfterItsField() {
    assertContains(
        generated(net(IMAGE, "  @Conv(out = FREE, kernel = 1) Layer last;")),
        "create(int lastOut, ModuleOptions options)");
  }

  @Test
  void statedNumbersThatDependOnFreeOnesAreCheckedWhenTheModuleIsMade() {
    String module =
        generated(
            net(
                "channels = FREE, height = 32, width = 32",
                "  @BayesConv(out = FREE, kernel = 5, in = 3) Layer conv;",
                "  @Activate Layer active;",
                "  @BayesConv(out = FREE, kernel = 5, in = 6) Layer next;",
                "  @Flatten(features = 9216) Layer flatten;",
                "  @BayesLinear(out = 10, in = 9216) Layer fc;"));
    assertContains(
        module, "    build.check(\"conv\", \"in\", 3, build.input());\n    conv = build.");
    assertContains(
        module, "    build.check(\"next\", \"in\", 6, active.output());\n    next = build.");
    assertContains(
        module, "    build.check(\"flatten\", \"features\", 9216, next.output());\n    flatten = ");
    assertContains(module, "    build.check(\"fc\", \"in\", 9216, flatten.output());\n    fc = ");
  }

  @Test
  void statedNumbersThatTheCompilerComparedAreNotCheckedAgain() {
    assertFalse(
        generated(net("features = 4", "  @BayesLinear(out = 2, in = 4) Layer fc;"))
            .contains("build.check"));
  }

  @Test
  void whatTheClassStatesGoesToTheBuilder() {
    String module =
        generated(
            net(
                "features = 4, estimator = BBB, activation = SOFTPLUS,"
                    + "prior = @Prior(mu = 1, sigma = 0.25, rhoMean = -3)",
                "  @BayesLinear(out = 2) Layer fc;"));
    assertContains(
        module,
        "new ModuleBuilder(DEFINITION, options)\n"
            + "        .input(Shape.features(4))\n"
            + "        .estimator(Estimator.BBB)\n"
            + "        .activation(Activation.SOFTPLUS)\n"
            + "        .priors(new Priors(1, 0.25, 0, Prior.HE, -3, 0.1));");
  }

  @Test
  void whatTheClassDoesNotStateIsLeftToTheRuntime() {
    assertContains(
        generated(net("features = 4, activation = MODEL", "  @BayesLinear(out = 2) Layer fc;")),
        "ModuleBuilder build = new ModuleBuilder(DEFINITION, options)\n"
            + "        .input(Shape.features(4));");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "estimator = LRT | Variational.unstated().estimator(Estimator.LRT)",
        "prior = @Prior(sigma = 2) | Variational.unstated().priors(new Priors(0, 2, 0, Prior.HE,"
            + " -5, 0.1))",
        "prior = @Prior(sigma = Prior.HE) | Variational.unstated().priors(new Priors(0, Prior.HE,"
            + " 0, Prior.HE, -5, 0.1))",
        "prior = @Prior | Variational.unstated().priors(new Priors(0, 0.1, 0, Prior.HE, -5, 0.1))",
        "estimator = BBB, prior = @Prior(muStd = 0.1, rhoMean = -3e-9) |"
            + " Variational.unstated().estimator(Estimator.BBB).priors(new Priors(0, 0.1, 0, 0.1,"
            + " -3.0E-9, 0.1))"
      })
  void whatAFieldStatesIsItsLastArgument(String stated, String argument) {
    assertContains(
        generated(net("features = 4", "  @BayesLinear(out = 2, " + stated + ") Layer fc;"))
            .replaceAll("\\s+", " "),
        "fc = build.bayesLinear(\"fc\", build.input(), 2, true, " + argument + ");");
    assertContains(
        generated(net(IMAGE, "  @BayesConv(out = 2, kernel = 1, " + stated + ") Layer conv;"))
            .replaceAll("\\s+", " "),
        "Filters.of(2, Window.kernel(1, 1)), " + argument + ");");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@BayesConv(out = 6, kernel = 5) |" + " bayesConv(#, Filters.of(6, Window.kernel(5, 5)))",
        "@Conv(out = 6, kernel = {5, 3}, stride = {2, 1}, padding = {2, 0}, dilation = {1, 2}) |"
            + " conv(#, Filters.of(6, Window.kernel(5, 3).stride(2, 1).padding(2, 0).dilation(1,"
            + " 2)))",
        "@Conv(out = 6, kernel = 1, groups = 3, bias = false) |"
            + " conv(#, Filters.of(6, Window.kernel(1, 1)).groups(3).withoutBias())",
        "@MaxPool(kernel = 2) | maxPool(#, Window.kernel(2, 2).stride(2, 2))",
        "@MaxPool(kernel = {3, 2}, padding = 1) |"
            + " maxPool(#, Window.kernel(3, 2).stride(3, 2).padding(1, 1))",
        "@AvgPool(kernel = 2, stride = 1) | avgPool(#, Window.kernel(2, 2))",
        "@Activate | activation(#, Activation.MODEL)",
        "@Activate(TANH) | activation(#, Activation.TANH)",
        "@Activate(LEAKY_RELU) | activation(#, Activation.LEAKY_RELU)",
        "@GlobalAvgPool | globalAvgPool(#)",
        "@LayerNorm | layerNorm(#)",
        "@GroupNorm(groups = 3) | groupNorm(#, 3)",
        "@ConvTranspose(out = 6, kernel = 4, stride = 2, padding = 1) |"
            + " convTranspose(#, Filters.of(6, Window.kernel(4, 4).stride(2, 2).padding(1, 1)), 0,"
            + " 0)",
        "@BayesConvTranspose(out = 6, kernel = 3, stride = 2, outputPadding = {1, 0}, bias = false)"
            + " | bayesConvTranspose(#, Filters.of(6, Window.kernel(3, 3).stride(2,"
            + " 2)).withoutBias(), 1, 0)",
        "@Upsample | upsample(#, 2, 2)",
        "@Upsample(scale = {1, 4}) | upsample(#, 1, 4)",
        "@Upsample(interpolation = Interpolation.BILINEAR) |"
            + " upsample(#, 2, 2, Interpolation.BILINEAR)",
        "@Dropout | dropout(#, 0.5)",
        "@Dropout(0) | dropout(#, 0)",
        "@BatchNorm | batchNorm(#)",
        "@Flatten | flatten(#)"
      })
  void layerIsOneLine(String annotation, String call) {
    assertContains(
        generated(net(IMAGE, "  " + annotation + " Layer only;")),
        "\n    only = build." + call.replace("#", "\"only\", build.input()") + ";\n");
  }

  @Test
  void linearLayerWithoutBiasIsOneLine() {
    assertContains(
        generated(net("features = 4", "  @Linear(out = 2, bias = false) Layer fc;")),
        "    fc = build.linear(\"fc\", build.input(), 2, false);\n");
  }

  @Test
  void stagesAreCutWhereChainsEnd() {
    String module =
        generated(
            net(
                IMAGE,
                "  @Activate Layer a;",
                "  @MaxPool(kernel = 2) Layer b;",
                "  @Conv(out = 4, kernel = 3) Layer c;",
                "  @MaxPool(kernel = 2) Layer d;",
                "  @Activate Layer e;",
                "  @BatchNorm Layer f;",
                "  @Activate Layer g;",
                "  @Dropout Layer h;",
                "  @Flatten Layer i;",
                "  @Activate Layer j;",
                "  @Linear(out = 5) Layer k;",
                "  @Linear(out = 2) Layer l;"));
    assertContains(module, "    aStage = build.from(Source.INPUT).stage(a, b);\n");
    assertContains(module, "    cStage = build.from(aStage).stage(c, d, e);\n");
    assertContains(module, "    fStage = build.from(cStage).stage(f);\n");
    assertContains(module, "    gStage = build.from(fStage).stage(g);\n");
    assertContains(module, "    hStage = build.from(gStage).stage(h);\n");
    assertContains(module, "    iStage = build.from(hStage).stage(i);\n");
    assertContains(module, "    jStage = build.from(iStage).stage(j);\n");
    assertContains(module, "    kStage = build.from(jStage).stage(k);\n");
    assertContains(module, "    lStage = build.from(kStage).stage(l);\n");
    assertContains(
        module,
        "    Signal k = pass.backward(lStage, outputGradient);\n"
            + "    Signal j = pass.backward(kStage, k);\n"
            + "    Signal i = pass.backward(jStage, j);\n"
            + "    Signal h = pass.backward(iStage, i);\n"
            + "    Signal g = pass.backward(hStage, h);\n"
            + "    Signal f = pass.backward(gStage, g);\n"
            + "    Signal e = pass.backward(fStage, f);\n"
            + "    Signal b = pass.backward(cStage, e);\n"
            + "    return pass.backward(aStage, b);\n");
  }

  @Test
  void networkOfOneStageRunsForwardAndBackward() {
    String module = generated(net("features = 4", "  @Linear(out = 2) Layer fc;"));
    assertContains(module, "    return pass.forward(fcStage, input);\n");
    assertContains(module, "    return pass.backward(fcStage, outputGradient);\n");
  }

  /** A network in which outputs are taken by one layer, two and three, and joined in a stage. */
  private static final String[] FORKS = {
    "  @BayesConv(out = 4, kernel = 1) Layer a;",
    "  @Activate Layer b;",
    "  @BayesConv(out = 4, kernel = 1) Layer c;",
    "  @BayesConv(out = 4, kernel = 1, from = \"b\") Layer d;",
    "  @Add({\"b\", \"c\", \"d\"}) Layer e;",
    "  @Activate Layer f;",
    "  @Concat({\"f\", \"input\"}) Layer g;",
    "  @Flatten Layer h;",
    "  @BayesLinear(out = 2) Layer i;"
  };

  @Test
  void outputsFlowToAllThatTakeThem() {
    String module = generated(net(IMAGE, FORKS));
    assertContains(module, "    Signal b = pass.forward(aStage, input);\n");
    assertContains(module, "    Signal c = pass.forward(cStage, b);\n");
    assertContains(module, "    Signal d = pass.forward(dStage, b);\n");
    assertContains(module, "    Signal f = pass.join(eStage, b, c, d);\n");
    assertContains(module, "    Signal g = pass.join(gStage, f, input);\n");
    assertContains(module, "    e = build.add(\"e\", b.output(), c.output(), d.output());\n");
    assertContains(module, "    g = build.concat(\"g\", f.output(), build.input());\n");
    assertContains(module, "    eStage = build.from(aStage, cStage, dStage).stage(e, f);\n");
    assertContains(module, "    gStage = build.from(eStage, Source.INPUT).stage(g);\n");
  }

  @Test
  void gradientsOfAllThatTakeAnOutputAreSummed() {
    assertContains(
        generated(net(IMAGE, FORKS)),
        "    Signal h = pass.backward(iStage, outputGradient);\n"
            + "    Signal g = pass.backward(hStage, h);\n"
            + "    Signal[] gInputs = pass.split(gStage, g);\n"
            + "    Signal[] eInputs = pass.split(eStage, gInputs[0]);\n"
            + "    Signal bFromD = pass.backward(dStage, eInputs[2]);\n"
            + "    Signal b = pass.sum(eInputs[0], bFromD, pass.backward(cStage, eInputs[1]));\n"
            + "    return pass.sum(gInputs[1], pass.backward(aStage, b));\n");
  }

  @Test
  void layersThatTakeOtherThanTheOneBeforeSaySo() {
    String module = generated(net(IMAGE, FORKS));
    assertContains(module, "<td>d</td><td>BayesConv 4, 1x1, from b</td>");
    assertContains(module, "<td>e</td><td>Add b and c and d</td>");
    assertContains(module, "<td>c</td><td>BayesConv 4, 1x1</td>");
  }

  @Test
  void namesInThePassesGiveWayToTheUsers() {
    assertAccepted(
        net(
            "features = 4",
            "  @Linear(out = 4) Layer a;",
            "  @Linear(out = 4, from = \"input\") Layer b;",
            "  @Add({\"a\", \"b\", \"input\"}) Layer sum;",
            "  @Activate Layer sumInputs;",
            "  @Activate Layer inputFromB;",
            "  @Add({\"sumInputs\", \"inputFromB\"}) Layer inputFromSum;",
            "  @Activate Layer inputFromA;",
            "  @Linear(out = 2) Layer sumStage;"));
  }

  @Test
  void generatedNamesGiveWayToTheUsers() {
    assertAccepted(
        net(
            "channels = FREE, height = FREE, width = FREE",
            "  @BayesConv(out = FREE, kernel = 1) Layer pass;",
            "  @Activate Layer from;",
            "  @Activate Layer Source;",
            "  @Activate Layer Inflow;",
            "  @Activate Layer arrives;",
            "  @Activate Layer name;",
            "  @Activate Layer nest;",
            "  @BayesConv(out = FREE, kernel = 1, in = 3) Layer build;",
            "  @BatchNorm Layer outputGradient;",
            "  @Activate Layer channels;",
            "  @Activate Layer height;",
            "  @Dropout Layer passStage;",
            "  @Activate Layer buildStage;",
            "  @BatchNorm Layer passOut;",
            "  @Flatten Layer DEFINITION;",
            "  @BayesLinear(out = 3) Layer classes;",
            "  @Activate Layer free;",
            "  @Activate Layer file;",
            "  @Activate Layer overrides;",
            "  @Activate Layer defaults;",
            "  @Activate Layer load;",
            "  @Activate Layer Stage;",
            "  @Activate Layer signal_;",
            "  @Activate Layer $;",
            "  @Activate Layer émigré;",
            "  @BayesLinear(out = FREE) Layer fc;"));
  }

  @Test
  void namesWithDollarsAreNames() {
    assertAccepted(
        net(
            "features = 2",
            "  @BayesLinear(out = FREE) Layer a$b;",
            "  @BayesLinear(out = FREE, from = \"input\") Layer $;",
            "  @Concat({\"a$b\", \"$\"}) Layer $T;",
            "  @BayesLinear(out = 2, from = \"a$b\") Layer $L;",
            "  @Concat({\"$L\", \"$T\"}) Layer $$;",
            "  @BayesLinear(out = FREE) Layer c$;"));
  }

  @Test
  void fieldsNamedLikeTypesDoNotHideTheTypes() {
    assertAccepted(
        net(
            "channels = FREE, height = 32, width = 32, estimator = BBB, prior = @Prior",
            "  @BayesConv(out = 2, kernel = 1, estimator = LRT, prior = @Prior) Layer Shape;",
            "  @Activate Layer Window;",
            "  @Activate Layer Filters;",
            "  @Activate Layer Variational;",
            "  @Activate Layer Estimator;",
            "  @Activate Layer Activation;",
            "  @Activate Layer Prior;",
            "  @Activate Layer ModuleOptions;",
            "  @Activate Layer Checkpoint;",
            "  @Activate Layer String;"));
  }

  @Test
  void fieldsNamedLikePackagesDoNotHideThePackages() {
    String module =
        generated(
            net(
                IMAGE,
                "  @BayesConv(out = 2, kernel = 1) Layer io;",
                "  @BayesConv(out = 2, kernel = 1, from = \"input\") Layer io_;",
                "  @Add({\"io\", \"io_\"}) Layer Window;",
                "  @Activate Layer Activation;"));
    assertContains(module, "public ConvLayer io() {\n    return io_;\n  }");
    assertContains(module, "public ConvLayer io_() {\n    return io__;\n  }");
  }

  @Test
  void runtimeTypesAreFoundBesideTypesOfTheUserWithTheirNames() {
    JavaFileObject types =
        source("test.Types", "class Stage {}", "class Signal {}", "class ConvLayer {}");
    assertThat(
            compile(
                types,
                net(IMAGE, README),
                source("test.Bayes", "@BayesModel(features = 2) class Bayes {@Activate Layer a;}")))
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Math", "Override", "String"})
  void typesOfJavaAreFoundBesideTypesOfTheUserWithTheirNames(String name) {
    JavaFileObject type = source("test." + name, "class " + name + " {}");
    JavaFileObject layer =
        source(
            "test.Half",
            "import io.github.posteriori.layers.CustomLayer;",
            "import io.github.posteriori.layers.Shape;",
            "import org.nd4j.linalg.api.ndarray.INDArray;",
            "abstract class Named { public java.lang.String name() { return null; } }",
            "class Half extends Named implements CustomLayer {",
            "  Half(java.lang.String name, Shape input) {}",
            "  public Shape input() { return null; }",
            "  public INDArray forward(INDArray x) { return x; }",
            "  public INDArray backward(INDArray x, INDArray y, INDArray dy) { return dy; }",
            "}");
    JavaFileObject net = net("features = 4", "@Custom(output = \"features / 2\") Half half;");
    assertThat(compile(net, type, layer)).succeededWithoutWarnings();
  }

  @Test
  void tableTellsWhatEachLayerCosts() {
    String module =
        generated(
            net(
                "channels = 4, height = 8, width = FREE",
                "  @BayesConv(out = 6, kernel = {3, 1}, groups = 2, bias = false) Layer conv;",
                "  @BatchNorm Layer bn;",
                "  @AvgPool(kernel = 2, stride = 1) Layer pool;",
                "  @Conv(out = 2, kernel = 2, padding = 1) Layer narrow;",
                "  @Dropout(0.25) Layer drop;",
                "  @Flatten Layer flatten;",
                "  @Linear(out = 10) Layer fc;"));
    String[] rows = {
      "<td>conv</td><td>BayesConv 6, 3x1, groups 2, no bias</td><td>[6, 6, width]</td><td>72</td>"
          + "<td>216 * width</td>",
      "<td>bn</td><td>BatchNorm</td><td>[6, 6, width]</td><td>12</td><td>0</td>",
      "<td>pool</td><td>AvgPool 2x2, stride 1x1</td><td>[6, 5, width - 1]</td><td>0</td><td>0</td>",
      "<td>narrow</td><td>Conv 2, 2x2, padding 1x1</td><td>[2, 6, width]</td><td>50</td>"
          + "<td>288 * width</td>",
      "<td>drop</td><td>Dropout 0.25</td><td>[2, 6, width]</td><td>0</td><td>0</td>",
      "<td>flatten</td><td>Flatten</td><td>[12 * width]</td><td>0</td><td>0</td>",
      "<td>fc</td><td>Linear 10</td><td>[10]</td><td>120 * width + 10</td>"
          + "<td>120 * width</td>",
      "<th>total</th><th></th><th></th><th>120 * width + 144</th><th>624 * width</th>"
    };
    for (String row : rows) {
      assertContains(module, " * <tr>" + row + "</tr>\n");
    }
  }

  @Test
  void twoHundredLayersCompile() {
    String body =
        IntStream.range(0, 200)
            .mapToObj(i -> "  @BayesLinear(out = 8) Layer fc" + i + ";")
            .collect(Collectors.joining("\n"));
    assertAccepted(net("features = 4", body));
  }
}

package io.github.posteriori.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.assertAccepted;
import static io.github.posteriori.processor.Nets.assertRefused;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import io.github.posteriori.BayesModule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a field declares a layer. */
class FieldTest {
  private static final String FC = "  @BayesLinear(out = 2) Layer fc;";

  @Test
  void layerFieldWithoutAnnotationIsRefused() {
    assertRefused(
        net("features = 4", "  Layer bare;", FC),
        "[P020] bare has no layer annotation, so nothing says which layer it is: annotate it, with"
            + " @BayesConv or @Activate for example, or make it static",
        "Layer bare");
  }

  @Test
  void twoLayerAnnotationsAreRefused() {
    assertRefused(
        net("features = 4", "  @Activate @BayesLinear(out = 3) Layer both;", FC),
        "[P021] both has the layer annotations @Activate and @BayesLinear, expected one: give each"
            + " layer a field of its own",
        "Layer both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int",
        "java.lang.Object",
        "io.github.posteriori.Layer[]",
        "io.github.posteriori.layers.LinearLayer"
      })
  void layerAnnotationOnAnotherTypeIsRefused(String type) {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 3) " + type + " odd;", FC),
        "[P022] odd is of type "
            + type
            + ", expected io.github.posteriori.Layer: the concrete type"
            + " comes with the accessor of the generated module",
        "odd;");
  }

  @Test
  void finalFieldIsRefused() {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 3) private final Layer kept = null;", FC),
        "[P023] kept is final, but the generated module makes and owns the layer: remove 'final'",
        "Layer kept");
  }

  @Test
  void initialisedFieldIsRefused() {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 3) Layer made = null;", FC),
        "[P024] made has an initialiser, but the generated module makes and owns the layer: remove"
            + " the initialiser",
        "Layer made");
  }

  static Stream<String> methodsOfEveryModule() {
    Stream<String> withoutParameters =
        Stream.of(BayesModule.class, Object.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.getParameterCount() == 0)
            .filter(method -> (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
            .map(Method::getName);
    Stream<String> others = Stream.of("forward", "backward", "predict", "save", "create");
    return Stream.concat(withoutParameters, others).distinct().sorted();
  }

  @ParameterizedTest
  @MethodSource("methodsOfEveryModule")
  void nameOfAMethodOfEveryModuleIsRefused(String name) {
    assertRefused(
        net("features = 4", "  @Activate Layer " + name + ";", FC),
        "[P025] "
            + name
            + " cannot be the name of a layer, because every module has a method "
            + name
            + "(): rename the field",
        "Layer " + name);
  }

  @Test
  void nameOfTheInputIsRefused() {
    assertRefused(
        net("features = 4", "  @Activate Layer input;", FC),
        "[P027] input cannot be the name of a layer, because from = \"input\" means what goes into"
            + " the network: rename the field",
        "Layer input");
  }

  @Test
  void namesThatDifferOnlyByCaseAreRefused() {
    assertRefused(
        net("features = 4", "  @Activate Layer fC;", FC),
        "[P026] fc differs from fC only by case, which is easily misread: rename one of the two"
            + " fields",
        "Layer fc");
  }

  @Test
  void priorStandsBesideItsLayerOrWithinIt() {
    String beside =
        Nets.generated(net("features = 4", "  @Prior(sigma = 2) @BayesLinear(out = 2) Layer fc;"));
    String within =
        Nets.generated(
            net("features = 4", "  @BayesLinear(out = 2, prior = @Prior(sigma = 2)) Layer fc;"));
    assertEquals(within, beside);
    assertTrue(beside.contains("new Priors(0, 2, 0, Prior.HE, -5, 0.1)"));
  }

  @Test
  void twoPriorsOfAFieldAreRefused() {
    assertRefused(
        net(
            "features = 4",
            "  @BayesLinear(out = 2, prior = @Prior(sigma = 2))",
            "  @Prior(sigma = 3)",
            "  Layer fc;"),
        "[P038] fc has a @Prior both beside its annotation and within it: keep one of the two",
        "  @Prior(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@Linear(out = 2)", "@Activate", "@Dropout(0.5)", "@Add({\"a\", \"input\"})"})
  void priorWithoutPosteriorIsRefused(String layer) {
    assertRefused(
        net("features = 4", "  @Activate Layer a;", "  @Prior(sigma = 3)", layer + " Layer last;"),
        "[P039] last has a @Prior, but no weights that are distributions: remove it, or make the"
            + " layer a @BayesConv or @BayesLinear",
        "  @Prior(");
  }

  @ParameterizedTest
  @CsvSource({
    "io.github.posteriori.layers.ConvLayer, @BayesConv or @Activate",
    "io.github.posteriori.layers.CustomLayer, @Custom",
    "Other, @Block"
  })
  void fieldOfAnyLayerTypeWithoutAnnotationIsRefused(String type, String meant) {
    JavaFileObject net =
        source(
            "test.Net",
            "@BayesModel(features = 4) class Net {",
            "  " + type + " bare;",
            FC,
            "}",
            "@BayesModel(features = 4) class Other { " + FC + " }");
    assertRefused(net, "[P020] bare has no layer annotation", " bare;");
    assertRefused(net, "annotate it, with " + meant + " for example", " bare;");
  }

  @Test
  void priorAloneMakesNoLayer() {
    assertRefused(
        net("features = 4", "  @Prior Layer bare;", FC),
        "[P020] bare has no layer annotation",
        "Layer bare");
  }

  @Test
  void priorOfAFieldIsChecked() {
    assertRefused(
        net("features = 4", "  @BayesLinear(out = 2)", "  @Prior(sigma = -2) Layer fc;"),
        "[P035] sigma is -2.0, expected a finite number above 0, or Prior.HE",
        "sigma = -2");
  }

  @Test
  void accessModifiersAreTheUsersChoice() {
    assertAccepted(
        net(
            "features = 4",
            "  @Activate private Layer a;",
            "  @Activate public Layer b;",
            "  @Deprecated @Activate protected transient volatile Layer c;",
            "  @BayesLinear(out = 2) Layer d, e;"));
  }

  @Test
  void otherAnnotationsDoNotMatter() {
    JavaFileObject marks =
        source(
            "test.Marks",
            "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)",
            "@interface Known {}",
            "@interface Kept {}");
    Compilation compilation =
        compile(marks, net("features = 4", "  @Kept @BayesLinear(out = 2) @Known Layer fc;"));
    assertThat(compilation).succeeded();
    assertThat(compilation).generatedSourceFile("test.NetModule");
  }
}

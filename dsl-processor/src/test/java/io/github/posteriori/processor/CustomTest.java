package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.generated;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;

import com.google.testing.compile.Compilation;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a layer of the user's own is declared. */
class CustomTest {
  private static final String METHODS =
      "  public INDArray forward(INDArray x) { return x; }"
          + "  public INDArray backward(INDArray x, INDArray y, INDArray dy) { return dy; }";

  private static final String ACCESSORS =
      "  public String name() { return null; }  public Shape input() { return null; }";

  private static final JavaFileObject MINE = mine("record Mine(String name, Shape input)", "");

  private static JavaFileObject mine(String declaration, String body) {
    return custom("test.Mine", declaration + " implements CustomLayer", body);
  }

  private static JavaFileObject custom(String name, String declaration, String body) {
    return source(
        name,
        "import io.github.posteriori.layers.CustomLayer;",
        "import io.github.posteriori.layers.Shape;",
        "import org.nd4j.linalg.api.ndarray.INDArray;",
        declaration + " {",
        body + METHODS,
        "}");
  }

  private static JavaFileObject using(String type, String output) {
    return net(IMAGE, "  @Custom" + output + " " + type + " mine;", "  @Flatten Layer flatten;");
  }

  private static void assertRefused(
      String message, String line, JavaFileObject net, JavaFileObject other) {
    Compilation compilation = compile(net, other);
    assertThat(compilation).hadErrorContaining(message).inFile(net).onLineContaining(line);
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void moduleMakesTheUsersClassAndGivesItBack() {
    String module = generated("test.NetModule", using("Mine", ""), MINE);
    assertThat(module)
        .contains("mine = build.custom(() -> new Mine(build.name(\"mine\"), build.input()));");
    assertThat(module).contains("public Mine mine()");
    assertThat(module).contains("[3, 32, 32] -> [3, 32, 32]");
    assertThat(module).contains("<td>Custom Mine</td>");
    assertThat(module).contains("The cost of a Custom layer is unknown and not counted.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Mine implements CustomLayer { Mine(String name, Shape input) {}" + ACCESSORS,
        "final class Mine extends Base { protected Mine(String name, Shape input) {}",
        "class Outer { static class Mine implements CustomLayer {"
            + " Mine(String n, Shape i) {}"
            + ACCESSORS
            + METHODS
            + "} private static class Rest",
      })
  void anyClassThatTheModuleCanMakeWillDo(String declaration) {
    boolean nested = declaration.startsWith("class Outer");
    String body = declaration.substring(declaration.indexOf('{') + 1);
    JavaFileObject own =
        nested
            ? source(
                "test.Outer",
                "import io.github.posteriori.layers.CustomLayer;",
                "import io.github.posteriori.layers.Shape;",
                "import org.nd4j.linalg.api.ndarray.INDArray;",
                declaration + " {}",
                "}")
            : custom("test.Mine", declaration.substring(0, declaration.indexOf('{')), body);
    JavaFileObject base =
        custom("test.Base", "abstract class Base implements CustomLayer", ACCESSORS);
    assertThat(generated("test.NetModule", using(nested ? "Outer.Mine" : "Mine", ""), own, base))
        .contains(nested ? "new Outer.Mine(" : "new Mine(");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"channels\", \"2 * height\", \"(width + 1) / 2\"}', '[3, 64, 16]',"
        + " 'Shape.image(channels, 2 * height, Math.floorDiv(width + 1, 2))'",
    "'{\"channels*(height-30)\", \"height-(width-5)\", \"7\"}', '[6, 5, 7]',"
        + " 'Shape.image(channels * (height - 30), height - (width - 5), 7)'",
    "'{\"1\", \"width/2/3\", \"width-width/5*2\"}', '[1, 5, 20]',"
        + " 'Shape.image(1, Math.floorDiv(Math.floorDiv(width, 2), 3),"
        + " width - Math.floorDiv(width, 5) * 2)'",
    "'\"channels\"', '[3]', 'Shape.features(channels)'"
  })
  void shapeFollowsTheDeclaredFunction(String output, String shape, String code) {
    String module =
        generated(
            "test.NetModule", net(IMAGE, "@Custom(output = " + output + ") Mine mine;"), MINE);
    assertThat(module).contains("// mine  [3, 32, 32] -> " + shape);
    assertThat(module.replaceAll("\\s+", " "))
        .contains("build.input()), (channels, height, width) -> " + code + ");");
  }

  @Test
  void shapeFunctionOfFeatures() {
    String module =
        generated(
            "test.NetModule",
            net("features = FREE", "@Custom(output = \"features / 2\") Mine mine;"),
            MINE);
    assertThat(module).contains("// mine  [features] -> [floor(features / 2)]");
    assertThat(module).contains("features -> Shape.features(Math.floorDiv(features, 2)));");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Layer", "String", "int", "Plain"})
  void typeThatIsNoCustomLayerIsRefused(String type) {
    assertRefused(
        "[P048] mine is of type ",
        " mine;",
        using(type, ""),
        source("test.Plain", "record Plain(String name, Object input) {}"));
  }

  @ParameterizedTest
  @CsvSource({
    "abstract class Mine, 'is abstract, expected a class'",
    "interface Mine, 'is abstract, expected a class'",
    "class Mine<T>, 'has type parameters, expected none'",
    "class Mine, 'has no constructor (String name, Shape input) that is visible from the package of"
        + " Net'"
  })
  void classThatTheModuleCannotMakeIsRefused(String declaration, String reason) {
    boolean isInterface = declaration.startsWith("interface");
    JavaFileObject own =
        isInterface
            ? source(
                "test.Mine", "interface Mine extends io.github.posteriori.layers.CustomLayer {}")
            : mine(declaration, ACCESSORS);
    assertRefused(
        "which the generated module cannot make: it " + reason, " mine;", using("Mine", ""), own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private Mine(String name, Shape input) {}",
        "Mine(Shape input, String name) {}",
        "Mine(String name) {}",
        "Mine(String name, Shape.Image input) {}",
        "Mine(String name, Shape input, int more) {}"
      })
  void constructorOfAnotherKindIsRefused(String constructor) {
    assertRefused(
        "[P049] mine is of type test.Mine, which the generated module cannot make: it has no"
            + " constructor (String name, Shape input) that is visible from the package of Net",
        " mine;",
        using("Mine", ""),
        mine("class Mine", constructor + ACCESSORS));
  }

  @Test
  void constructorThatThrowsACheckedExceptionIsRefused() {
    assertRefused(
        "[P049] mine is of type test.Mine, which the generated module cannot make: it has a"
            + " constructor that throws java.io.IOException, expected none to be caught",
        " mine;",
        using("Mine", ""),
        mine(
            "class Mine",
            "Mine(String name, Shape input) throws IllegalStateException, java.io.IOException {}"
                + ACCESSORS));
  }

  @Test
  void fieldNamedMathDoesNotHideIt() {
    assertThat(
            compile(
                net(
                    IMAGE,
                    "  @Activate Layer Math;",
                    "  @Custom(output = \"width / 2\") Mine mine;"),
                MINE))
        .succeededWithoutWarnings();
  }

  @Test
  void innerClassIsRefused() {
    JavaFileObject net =
        net(
            IMAGE,
            "  @Custom Inner mine;",
            "  @Flatten Layer flatten;",
            "  abstract class Inner extends Base {}");
    Compilation compilation =
        compile(
            source(
                "test.Outer",
                "import io.github.posteriori.layers.Shape;",
                "class Outer {",
                "  class Inner extends Base { Inner(String name, Shape input) {} }",
                "}"),
            custom("test.Base", "abstract class Base implements CustomLayer", ACCESSORS),
            using("Outer.Inner", ""));
    assertThat(compilation).hadErrorContaining("it is an inner class, expected a static one");
    assertThat(compilation).hadErrorCount(1);
    assertThat(
            compile(
                net, custom("test.Base", "abstract class Base implements CustomLayer", ACCESSORS)))
        .hadErrorContaining("it is abstract, expected a class");
  }

  @Test
  void classOfAnotherPackageIsPublic() {
    JavaFileObject hidden =
        custom(
            "other.Mine",
            "public class Mine implements CustomLayer",
            "Mine(String name, Shape input) {}" + ACCESSORS);
    assertRefused("has no constructor", " mine;", using("other.Mine", ""), hidden);
    JavaFileObject open =
        custom(
            "other.Mine",
            "public class Mine implements CustomLayer",
            "public Mine(String name, Shape input) {}" + ACCESSORS);
    assertThat(compile(using("other.Mine", ""), open)).succeededWithoutWarnings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "height +",
        "2height",
        "height height",
        "(height",
        "height)",
        "height / 0",
        "height / width",
        "-height",
        "height % 2",
        "1.5 * height",
        "99999999999",
        "height // 2"
      })
  void arithmeticThatIsNoneIsRefusedWithItsGrammar(String text) {
    assertRefused(
        "[P060] the output \""
            + text
            + "\" is not readable: write whole numbers, channels, height, width, + - * and"
            + " parentheses, and / by a number",
        "@Custom",
        using("Mine", "(output = {\"channels\", \"" + text + "\", \"width\"})"),
        MINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "1 + ", "2 * "})
  void endlessArithmeticIsRefused(String start) {
    String text = start.repeat(10_000) + "width";
    assertRefused(
        "\" is not readable: write whole numbers",
        "@Custom",
        using("Mine", "(output = {\"channels\", \"height\", \"" + text + "\"})"),
        MINE);
  }

  @Test
  void outputsThatGrowBeyondMeasureAreRefusedOnce() {
    String[] fields =
        IntStream.range(0, 60)
            .mapToObj(i -> "  @Custom(output = \"features * features\") Mine mine" + i + ";")
            .toArray(String[]::new);
    assertRefused(
        "[P056] the output [4294967296] has 4294967296 numbers",
        " mine3;",
        net("features = 4", fields),
        MINE);
  }

  @Test
  void unknownNameIsRefusedWithTheOneThatIsMeant() {
    assertRefused(
        "[P060] the output \"2 * heigth\" is not readable, for the input has no heigth (did you"
            + " mean height?): write whole numbers, channels",
        "@Custom",
        using("Mine", "(output = {\"channels\", \"2 * heigth\", \"width\"})"),
        MINE);
    assertRefused(
        "[P060] the output \"channels\" is not readable, for the input has no channels: write whole"
            + " numbers, features, ",
        "@Custom",
        net("features = 4", "  @Custom(output = \"channels\") Mine mine;"),
        MINE);
  }

  @Test
  void outputOfTwoDimensionsIsRefused() {
    assertRefused(
        "[P061] the output has 2 entries, expected three for an image (channels, height, width),"
            + " one for features, or none for the shape of the input",
        "@Custom",
        using("Mine", "(output = {\"height\", \"width\"})"),
        MINE);
  }

  @ParameterizedTest
  @CsvSource({"height - 32, 0", "channels / 4, 0", "1 - width, -31"})
  void dimensionThatVanishesIsRefused(String text, String found) {
    assertRefused(
        "[P062] the output \"" + text + "\" is " + found + ", expected at least 1",
        "@Custom",
        net(IMAGE, "  @Custom(output = \"" + text + "\") Mine mine;"),
        MINE);
  }
}

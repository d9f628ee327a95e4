package io.github.posteriori.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources run whoever wrote them. */
class ParsedSourceTest {
  private static final Compiler COMPILER = new Compiler(ClassPath.none());

  private static Optional<String> excess(String... lines) {
    return COMPILER.excess(new NetSource("Net.java", String.join("\n", lines)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@BayesModel(channels = 3, height = 32, width = 32, activation = Activation.RELU) class Net"
            + " { @BayesConv(out = 2 * 8, kernel = {1, 7}, prior = @Prior(sigma = -1.5e-2)) Layer"
            + " c; @Add({\"a\", \"b\"}) Layer sum; ; }",
        "package my.nets; import static io.github.posteriori.annotations.Dim.*; import java.util.*;"
            + " class Nets { static final int A = 4, B = -(A + 1) / 2; static final double P = .5;"
            + " @BayesModel(features = FREE) static class Net { @Dropout(P)"
            + " io.github.posteriori.Layer d; @io.github.posteriori.annotations.BayesLinear(out ="
            + " B) Layer fc; } }",
        "class Net { int unused; }",
        "class Net { void",
      })
  void annotatedFieldsAndNamedNumbersArePlain(String source) {
    assertEquals(Optional.empty(), excess(source));
  }

  static Stream<Arguments> more() {
    return Stream.of(
        Arguments.of("a method", "class Net { void run() {} }"),
        Arguments.of("a method", "class Net { Net() { System.exit(3); } }"),
        Arguments.of("a block of statements", "class Net { static { System.exit(3); } }"),
        Arguments.of("a block of statements", "class Net { { System.exit(3); } }"),
        Arguments.of("a field with a value", "class Net { int a = 3; }"),
        Arguments.of("a field with a value", "class Net { static final int A = run(); }"),
        Arguments.of("a field with a value", "class Net { static final int A = (B = 3); }"),
        Arguments.of("a field with a value", "class Net { static final int A = Other.B; }"),
        Arguments.of("a field with a value", "class Net { static final Object A = new Net(); }"),
        Arguments.of("a field with a value", "class Net { static final String A = \"a\"; }"),
        Arguments.of(
            "a field with a value", "class Net { static final Runnable A = () -> run(); }"),
        Arguments.of("a class that extends another", "class Net extends Thread {}"),
        Arguments.of("a class that extends another", "class Net implements Runnable {}"),
        Arguments.of("a class with type parameters", "class Net<T> {}"),
        Arguments.of("a type that is no class", "record Net(int a) {}"),
        Arguments.of("a type that is no class", "enum Net { A }"),
        Arguments.of("a type that is no class", "interface Net { Object A = new Thread(); }"),
        Arguments.of("a layer of its own", "class Net { @Custom Own own; }"),
        Arguments.of(
            "a layer of its own", "class Net { @io.github.posteriori.annotations.Custom Own o; }"),
        Arguments.of("a layer of its own", "class Net { @\\u0043ustom Own own; }"),
        Arguments.of("the annotation @Deprecated", "@Deprecated class Net {}"),
        Arguments.of("the expression method_invocation", "class Net { @BatchNorm(a()) Layer b; }"),
        Arguments.of("the expression new_class", "class Net { @Dropout(new Net()) Layer b; }"),
        Arguments.of("constants of java.io.File", "import static java.io.File.*; class Net {}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("more")
  void whateverElseASourceHasIsFound(String what, String source) {
    assertEquals(Optional.of(what + " in line 2"), excess("// a comment", source));
  }

  @Test
  void aShortSourceOfBillionsOfLayersIsNotPlain() {
    StringBuilder source = new StringBuilder("class Net { static class B0 { @Activate Layer a; }");
    for (int i = 1; i <= 20; i++) {
      String block = "@Block B" + (i - 1) + " ";
      source.append("static class B%d { %sa; %sb; }".formatted(i, block, block));
    }
    assertEquals(
        Optional.of("more than 10000 layers in nested blocks"),
        excess(source.append("}").toString()));
    assertEquals(Optional.empty(), excess("class Net { @Block Net itself; }"));
  }

  @Test
  void aSourceMadeToExhaustTheParserIsNotPlain() {
    assertEquals(
        Optional.of("parentheses that are nested too deeply"),
        excess("class Net { static final int A = " + "(".repeat(90_000) + "1;"));
    assertEquals(Optional.of("more than 200000 letters"), excess("//" + "long".repeat(50_000)));
  }
}

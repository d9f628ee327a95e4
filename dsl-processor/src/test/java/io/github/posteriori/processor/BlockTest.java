package io.github.posteriori.processor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.testing.compile.CompilationSubject.assertThat;
import static io.github.posteriori.processor.Nets.IMAGE;
import static io.github.posteriori.processor.Nets.compile;
import static io.github.posteriori.processor.Nets.generated;
import static io.github.posteriori.processor.Nets.net;
import static io.github.posteriori.processor.Nets.source;

import com.google.testing.compile.Compilation;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How one network nests another. */
class BlockTest {
  /** Two free outputs. */
  private static final JavaFileObject RESIDUAL =
      source(
          "test.Residual",
          "@BayesModel(channels = FREE, height = FREE, width = FREE)",
          "class Residual {",
          "  @BayesConv(out = FREE, kernel = 3, padding = 1) Layer conv;",
          "  @BayesConv(out = FREE, kernel = 1, from = \"input\") Layer shortcut;",
          "  @Add({\"conv\", \"shortcut\"}) Layer sum;",
          "  @Activate Layer act;",
          "}");

  private static void assertRefused(
      String message, String line, JavaFileObject net, JavaFileObject... blocks) {
    JavaFileObject[] all = new JavaFileObject[blocks.length + 1];
    all[0] = net;
    System.arraycopy(blocks, 0, all, 1, blocks.length);
    Compilation compilation = compile(all);
    assertThat(compilation).hadErrorContaining(message).inFile(net).onLineContaining(line);
    assertThat(compilation).hadErrorCount(1);
  }

  @ParameterizedTest
  @CsvSource({"'{8, 8}', '8, 8'", "8, '8, 8'", "'{FREE, 9}', 'blockConvOut, 9'"})
  void freeOutputsAreToldInTheirOrderOrAllAtOnce(String out, String arguments) {
    assertThat(
            generated(
                "test.NetModule",
                net(
                    IMAGE,
                    "  @Block(out = " + out + ") Residual block;",
                    "  @Flatten Layer flatten;"),
                RESIDUAL))
        .contains(
            "block = ResidualModule.nest(build.from(Source.INPUT), \"block\", build.input(), "
                + arguments
                + ");");
  }

  @Test
  void outputsThatStayFreeBecomeParametersOfTheOuterNetwork() {
    String module =
        generated(
            "test.NetModule",
            net(
                IMAGE,
                "  @Block(out = FREE) Residual one;",
                "  @Block(out = {16, FREE}) Residual two;"),
            RESIDUAL);
    assertThat(module).contains("create(int oneOut, int twoShortcutOut)");
    assertThat(module)
        .contains(
            "one = ResidualModule.nest(build.from(Source.INPUT), \"one\", build.input(), oneOut,"
                + " oneOut);");
    assertThat(module)
        .contains(
            "two = ResidualModule.nest(build.from(one.network()), \"two\", one.outputShape(), 16,\n"
                + "        twoShortcutOut);");
  }

  @Test
  void blockWhoseModuleIsOutOfSightIsRefused() {
    assertRefused(
        "[P063] block is of type other.Base.Hidden, whose module Base_HiddenModule is not visible"
            + " from the package of Net: make the class, and those around it, public",
        " block;",
        source(
            "test.Heir",
            "class Heir extends other.Base {",
            "  @BayesModel(features = 2) static class Net {",
            "    @Block Hidden block;",
            "  }",
            "}"),
        source(
            "other.Base",
            "public class Base {",
            "  @BayesModel(features = 2) protected static class Hidden {",
            "    @BayesLinear(out = 2) Layer fc;",
            "  }",
            "}"));
  }

  @Test
  void fieldsNamedLikeWhatModulesNameDoNotHideIt() {
    JavaFileObject other =
        source(
            "other.Residual",
            "@BayesModel(channels = FREE, height = FREE, width = FREE) public class Residual {",
            "  @Activate Layer act;",
            "}");
    JavaFileObject net =
        net(
            IMAGE,
            "  @Block(out = 8) Residual ResidualModule;",
            "  @Block other.Residual other;",
            "  @Block(out = 8) Residual test;");
    assertThat(compile(net, RESIDUAL, other)).succeeded();
  }

  @Test
  void blockMayHaveAnAnnotatedType() {
    assertThat(
            compile(
                source(
                    "test.Checked",
                    "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)",
                    "@interface Checked {}"),
                source("test.Act", "@BayesModel(features = 4) class Act { @Activate Layer act; }"),
                source(
                    "test.Net",
                    "@BayesModel(features = 4) class Net {",
                    "  @Block @Checked Act act;",
                    "  @Linear(out = 2) @Checked Layer fc;",
                    "}")))
        .succeededWithoutWarnings();
  }

  @Test
  void parametersOfABlockAndOfAFieldMayBeAlike() {
    assertThat(
            generated(
                "test.NetModule",
                net(
                    IMAGE,
                    "  @Block(out = {FREE, FREE}) Residual one;",
                    "  @Conv(out = FREE, kernel = 1) Layer oneConv;"),
                RESIDUAL))
        .contains("create(int oneConvOut, int oneShortcutOut, int oneConvOut_)");
  }

  @Test
  void shapesGoOnBehindABlock() {
    assertThat(
            generated(
                "test.NetModule",
                net(
                    IMAGE,
                    "  @Block(out = 5) Residual block;",
                    "  @Flatten Layer flatten;",
                    "  @BayesLinear(out = 10, in = 5120) Layer fc;"),
                RESIDUAL))
        .contains("<td>Block Residual</td><td>[5, 32, 32]</td><td>320</td><td>153600</td>");
  }

  @Test
  void blockTakesFromWhereItIsTold() {
    assertThat(
            generated(
                "test.NetModule",
                net(
                    IMAGE,
                    "  @BayesConv(out = 4, kernel = 1) Layer conv;",
                    "  @Block(out = 4, from = \"input\") Residual block;",
                    "  @Add({\"conv\", \"block\"}) Layer sum;"),
                RESIDUAL))
        .contains("Signal block = pass.forward(this.block.network(), input);");
  }

  @Test
  void blocksNestInBlocks() {
    String module =
        generated(
            "test.NetModule",
            net(IMAGE, "  @Block(out = 4) Pair pair;", "  @Flatten Layer flatten;"),
            source(
                "test.Pair",
                "@BayesModel(channels = FREE, height = FREE, width = FREE) class Pair {",
                "  @Block(out = FREE) Residual one;",
                "  @Block(out = FREE) Residual two;",
                "}"),
            RESIDUAL);
    assertThat(module)
        .contains(
            "pair = PairModule.nest(build.from(Source.INPUT), \"pair\", build.input(), 4, 4);");
    assertThat(module).contains("<td>Block Pair</td><td>[4, 32, 32]</td>");
  }

  @Test
  void nestedClassMayBeABlock() {
    assertThat(
            generated(
                "test.Outer_NetModule",
                source(
                    "test.Outer",
                    "class Outer {",
                    "  @BayesModel(features = FREE) static class Inner {",
                    "    @BayesLinear(out = 4) Layer fc;",
                    "  }",
                    "  @BayesModel(features = 3) static class Net {",
                    "    @Block Inner inner;",
                    "    @BayesLinear(out = 2) Layer fc;",
                    "  }",
                    "}")))
        .contains(
            "inner = Outer_InnerModule.nest(build.from(Source.INPUT), \"inner\", build.input());");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Layer", "String", "int", "test.Plain"})
  void fieldOfATypeThatIsNoNetworkIsRefused(String type) {
    String found =
        switch (type) {
          case "Layer" -> "io.github.posteriori.Layer";
          case "String" -> "java.lang.String";
          default -> type;
        };
    assertRefused(
        "[P045] block is of type "
            + found
            + ", expected a class that is annotated with @BayesModel: that network is nested here",
        " block;",
        net(IMAGE, "  @Block " + type + " block;"),
        source("test.Plain", "class Plain {}"));
  }

  @Test
  void fieldOfANetworksTypeWithoutAnnotationIsRefused() {
    assertRefused(
        "[P020] block has no layer annotation",
        " block;",
        net(IMAGE, "  Residual block;", "  @Flatten Layer flatten;"),
        RESIDUAL);
  }

  @Test
  void networkWithinItselfIsRefused() {
    assertRefused(
        "[P046] self nests Net, which contains Net: a network cannot contain itself, so remove the"
            + " field",
        " self;",
        net(IMAGE, "  @Block Net self;"));
  }

  @Test
  void networksThatNestEachOtherAreRefused() {
    JavaFileObject net = net(IMAGE, "  @Block Other other;");
    JavaFileObject other =
        source("test.Other", "@BayesModel(" + IMAGE + ") class Other {", "  @Block Net net;", "}");
    Compilation compilation = compile(net, other);
    assertThat(compilation)
        .hadErrorContaining("[P046] other nests Other, which contains Net")
        .inFile(net)
        .onLineContaining(" other;");
    assertThat(compilation)
        .hadErrorContaining("[P046] net nests Net, which contains Other")
        .inFile(other)
        .onLineContaining(" net;");
    assertThat(compilation).hadErrorCount(2);
  }

  @ParameterizedTest
  @CsvSource({"'', 0 entries", "'(out = {1, 2, 3})', 3 entries"})
  void freeOutputsThatAreNotToldAreRefused(String out, String found) {
    assertRefused(
        "[P047] out has "
            + found
            + ", but Residual leaves 2 outputs open: state convOut, shortcutOut, in this order, or"
            + " one for all",
        "@Block",
        net(IMAGE, "  @Block" + out + " Residual block;"),
        RESIDUAL);
  }

  @Test
  void outputsOfABlockThatHasNoneFreeAreRefused() {
    assertRefused(
        "[P047] out has 1 entry, but Head leaves no output open: leave it out",
        "@Block",
        net("features = 4", "  @Block(out = 3) Head head;"),
        source(
            "test.Head",
            "@BayesModel(features = FREE) class Head { @BayesLinear(out = 2) Layer fc; }"));
  }

  @Test
  void outputBelowOneIsRefused() {
    assertRefused(
        "[P030] out is 0, expected at least 1, or Dim.FREE",
        "@Block",
        net(IMAGE, "  @Block(out = 0) Residual block;"),
        RESIDUAL);
  }

  @Test
  void inputOtherThanTheBlockStatesIsRefused() {
    JavaFileObject block =
        source(
            "test.Grey",
            "@BayesModel(channels = 1, height = FREE, width = 32) class Grey {",
            "  @BayesConv(out = 2, kernel = 3) Layer conv;",
            "}");
    assertRefused(
        "[P058] block takes [3, 32, 32], but Grey states its input as [1, height, 32]: change one"
            + " of the two, or leave it FREE",
        " block;",
        net(IMAGE, "  @Block Grey block;"),
        block);
    assertRefused(
        "[P058] block takes [8], but Grey states its input as [1, height, 32]",
        " block;",
        net("features = 8", "  @Block Grey block;"),
        block);
  }

  @Test
  void kernelThatIsTooLargeInThisPlaceIsRefusedAtTheOuterField() {
    assertRefused(
        "[P059] second does not fit here: in Half, at conv, [P055] the kernel spans 5x5 pixels, but"
            + " the padded input has 4 rows and 4 columns",
        " second;",
        net(
            "channels = 3, height = 8, width = 8",
            "  @Block Half first;",
            "  @Block Half second;",
            "  @Flatten Layer flatten;"),
        source(
            "test.Half",
            "@BayesModel(channels = FREE, height = FREE, width = FREE) class Half {",
            "  @BayesConv(out = 2, kernel = 5) Layer conv;",
            "}"));
  }

  @Test
  void sumThatDiffersInThisPlaceIsRefusedAtTheOuterField() {
    assertRefused(
        "[P059] block does not fit here: in Residual, at sum, [P057] sum joins the shapes"
            + " [4, 32, 32] of conv and [5, 32, 32] of shortcut",
        " block;",
        net(IMAGE, "  @Block(out = {4, 5}) Residual block;"),
        RESIDUAL);
  }

  @Test
  void faultOfTheBlocksClassIsReportedOnceWhereItIsDeclared() {
    JavaFileObject faulty =
        source(
            "test.Faulty",
            "@BayesModel(channels = FREE, height = FREE, width = FREE) class Faulty {",
            "  @BayesLinear(out = 2) Layer fc;",
            "}");
    JavaFileObject net = net(IMAGE, "  @Block Faulty block;", "  @BayesLinear(out = 2) Layer fc;");
    Compilation compilation = compile(net, faulty);
    assertThat(compilation).hadErrorContaining("[P052] fc takes features").inFile(faulty);
    assertThat(compilation).hadErrorCount(1);
  }

  @Test
  void pixelsThatABlockLeavesOutInThisPlaceAreNoted() {
    Compilation compilation =
        compile(
            source(
                "test.Net",
                "@BayesModel(channels = 1, height = 7, width = 8) class Net {",
                "  @Block Half half;",
                "  @Flatten Layer flatten;",
                "  @BayesLinear(out = 2) Layer fc;",
                "}"),
            source(
                "test.Half",
                "@BayesModel(channels = FREE, height = FREE, width = FREE) class Half {",
                "  @MaxPool(kernel = 2) Layer pool;",
                "}"));
    assertThat(compilation)
        .hadNoteContaining(
            "[P073] of half: in Half, at pool, [P072] pool leaves out 1 row of its input [1, 7,"
                + " 8]");
    assertThat(compilation).succeededWithoutWarnings();
  }

  @Test
  void noteThatTheBlockSilencesIsSilentInEveryPlace() {
    assertThat(
            compile(
                net(
                    "channels = 1, height = 7, width = 8",
                    "  @Block Half half;",
                    "  @Flatten Layer f;"),
                source(
                    "test.Half",
                    "@BayesModel(channels = FREE, height = FREE, width = FREE) class Half {",
                    "  @SuppressWarnings(\"posteriori\") @MaxPool(kernel = 2) Layer pool;",
                    "}")))
        .hadNoteCount(0);
  }
}

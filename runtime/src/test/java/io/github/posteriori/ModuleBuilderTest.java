package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.engine.Source;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModuleBuilderTest {
  private static final Shape IMAGE = Shape.image(3, 8, 6);
  private static final Shape FEATURES = Shape.features(5);

  private final ModuleBuilder build =
      new ModuleBuilder("test.Net", ModuleOptions.defaults()).input(IMAGE);

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }

  /** A layer of a user's own that claims whatever it is told. */
  private record Claiming(String name, Shape input, Shape output, List<Parameter> parameters)
      implements CustomLayer {
    @Override
    public INDArray forward(INDArray x) {
      return x;
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      return dy;
    }
  }

  private static CustomLayer claiming(Shape input, Shape output) {
    return new Claiming("own", input, output, List.of());
  }

  private static CustomLayer withParameters(String... names) {
    return new Claiming(
        "own",
        IMAGE,
        IMAGE,
        Arrays.stream(names).map(name -> Parameter.trained(name, Nd4j.ones(2))).toList());
  }

  @Test
  void normsTakeSeveralNumbersInEqualGroups() {
    assertEquals(
        "norm: groups is 2, expected a divisor of the 3 channels: each group takes an equal share",
        refusal(() -> build.groupNorm("norm", IMAGE, 2)));
    assertEquals(
        "norm normalises single numbers of the input [5], which are their own mean, expected"
            + " groups of at least two: take fewer groups, or leave the layer out",
        refusal(() -> build.groupNorm("norm", FEATURES, 5)));
    assertEquals(
        "norm normalises single numbers of the input [1], which are their own mean, expected"
            + " groups of at least two: take fewer groups, or leave the layer out",
        refusal(() -> build.layerNorm("norm", Shape.features(1))));
  }

  @Test
  void layersOfImagesTakeNoFeatures() {
    String expected = ": the input is [5], expected an image [channels, height, width]";
    assertEquals("mean" + expected, refusal(() -> build.globalAvgPool("mean", FEATURES)));
    assertEquals("up" + expected, refusal(() -> build.upsample("up", FEATURES, 2, 2)));
    assertEquals(
        "up: scale is 2x0, expected at least 1", refusal(() -> build.upsample("up", IMAGE, 2, 0)));
  }

  @Test
  void parametersOfNormsHaveTheShapesOfPyTorch() {
    NetworkLayer layer = build.layerNorm("layer", IMAGE);
    NetworkLayer group = build.groupNorm("group", IMAGE, 3);
    assertEquals(
        List.of("layer.weight [3, 8, 6]", "layer.bias [3, 8, 6]"),
        layer.parameters().stream().map(p -> p.name() + " " + Arrays.toString(p.shape())).toList());
    assertEquals(
        List.of("group.weight [3]", "group.bias [3]"),
        group.parameters().stream().map(p -> p.name() + " " + Arrays.toString(p.shape())).toList());
  }

  @Test
  void asksForOptions() {
    NullPointerException refusal =
        assertThrows(NullPointerException.class, () -> new ModuleBuilder("test.Net", null));
    assertEquals(
        "options is null, expected ModuleOptions.defaults() or what is made from it",
        refusal.getMessage());
  }

  @Test
  void addsOutputsOfOneShape() {
    assertEquals(IMAGE, build.add("add", IMAGE, IMAGE, IMAGE).output());
    assertEquals("Add 2", build.add("pair", FEATURES, FEATURES).kind());
    assertEquals(
        "add1 of test.Net adds [[3, 8, 6], [4, 8, 6]], expected equal shapes: bring them to one, as"
            + " a convolution with kernel 1 does for channels and its stride for height and width",
        refusal(() -> build.add("add1", IMAGE, Shape.image(4, 8, 6))));
    assertEquals(
        "add2 of test.Net joins [[3, 8, 6]], expected at least 2 outputs: name all the fields that"
            + " it takes",
        refusal(() -> build.add("add2", IMAGE)));
  }

  @Test
  void concatenatesImagesOfOneSizeOrFeatures() {
    ConcatLayer images = build.concat("images", IMAGE, Shape.image(4, 8, 6), IMAGE);
    assertEquals(Shape.image(10, 8, 6), images.output());
    assertEquals(images.output(), images.input());
    assertEquals("Concat 3 + 4 + 3", images.kind());
    assertEquals(Shape.features(7), build.concat("features", FEATURES, Shape.features(2)).output());
    String expected =
        ", expected images of equal height and width, or features alone: bring them to one size, or"
            + " put a @Flatten field before it";
    assertEquals(
        "cat of test.Net concatenates [[3, 8, 6], [3, 8, 5]]" + expected,
        refusal(() -> build.concat("cat", IMAGE, Shape.image(3, 8, 5))));
    assertEquals(
        "cat of test.Net concatenates [[3, 8, 6], [5]]" + expected,
        refusal(() -> build.concat("cat", IMAGE, FEATURES)));
  }

  @Test
  void holdsAUsersLayerToItsDeclaredOutput() {
    build.custom(() -> new Scale("scale", IMAGE));
    assertEquals(
        "own of test.Net gives [5] for [3, 8, 6], expected the shape of its input: declare the"
            + " output in its @Custom, or correct output()",
        refusal(() -> build.custom(() -> claiming(IMAGE, FEATURES))));

    CustomLayer.OfImage halved = (c, h, w) -> Shape.image(c, h / 2, w / 2);
    build.custom(() -> new Claiming("half", IMAGE, Shape.image(3, 4, 3), List.of()), halved);
    assertEquals(
        "own of test.Net gives [3, 8, 3], but its @Custom declares [3, 4, 3]: correct output() or"
            + " the declaration",
        refusal(() -> build.custom(() -> claiming(IMAGE, Shape.image(3, 8, 3)), halved)));
    assertEquals(
        "own of test.Net takes the features [5], but its @Custom declares the output for an image:"
            + " declare it for features",
        refusal(() -> build.custom(() -> claiming(FEATURES, FEATURES), halved)));

    CustomLayer.OfFeatures doubled = n -> Shape.features(2 * n);
    build.custom(() -> new Claiming("double", FEATURES, Shape.features(10), List.of()), doubled);
    assertEquals(
        "own of test.Net gives [5], but its @Custom declares [10]: correct output() or the"
            + " declaration",
        refusal(() -> build.custom(() -> claiming(FEATURES, FEATURES), doubled)));
    assertEquals(
        "own of test.Net takes the image [3, 8, 6], but its @Custom declares the output for"
            + " features: declare it for an image",
        refusal(() -> build.custom(() -> claiming(IMAGE, IMAGE), doubled)));
  }

  @Test
  void holdsAUsersLayerToItsName() {
    build.custom(() -> new Scale("scale", IMAGE));
    assertEquals(
        "scale of test.Net has the name of another layer: name() must give the name that the"
            + " constructor is handed",
        refusal(() -> build.custom(() -> new Scale("scale", IMAGE))));
    ModuleBuilder block = build.from(Source.INPUT).block("block1", "test.Block", IMAGE);
    assertEquals(
        "scale of test.Block has a name that does not start with 'block1.': name() must give the"
            + " name that the constructor is handed",
        refusal(() -> block.custom(() -> new Scale("scale", IMAGE))));
    Scale nested = block.custom(() -> new Scale(block.name("scale"), IMAGE));
    assertEquals("block1.scale.factor", nested.factor().name());
  }

  @Test
  void holdsAUsersParametersToNamesThatACheckpointCanTell() {
    assertEquals(
        "own of test.Net has a parameter called 'factor', expected a name that starts with 'own.'",
        refusal(() -> build.custom(() -> withParameters("factor"))));
    assertEquals(
        "own of test.Net has two parameters called 'own.a', expected different names: a checkpoint"
            + " tells them apart by these",
        refusal(() -> build.custom(() -> withParameters("own.a", "own.b", "own.a"))));
  }

  /** A layer that makes its parameter whenever it is asked. */
  private record Forgetful(String name, Shape input) implements CustomLayer {
    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.trained(name + ".factor", new float[1], 1));
    }

    @Override
    public INDArray forward(INDArray x) {
      return x;
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      return dy;
    }
  }

  @Test
  void refusesAUsersLayerThatWouldLeaveTheTrainerWithCopies() {
    assertEquals(
        "own of test.Net makes its parameters anew in parameters(), expected the same ones each"
            + " time: make them in the constructor",
        refusal(() -> build.custom(() -> new Forgetful("own", IMAGE))));
  }

  @Test
  void namesAConvolutionWhoseFiltersDoNotFit() {
    Filters filters = Filters.of(6, Window.kernel(3, 3));
    assertEquals(
        "conv: groups is 2, expected a divisor of the 3 input channels",
        refusal(() -> build.bayesConv("conv", IMAGE, filters.groups(2))));
    assertEquals(
        "conv: groups is 4, expected a divisor of the 6 output channels",
        refusal(() -> build.conv("conv", Shape.image(8, 8, 6), filters.groups(4))));
    String remedy = ": enlarge the input or the padding";
    assertEquals(
        "conv: the window 3x3 does not fit into the input [3, 2, 6]" + remedy,
        refusal(() -> build.conv("conv", Shape.image(3, 2, 6), filters)));
    assertEquals(
        "pool: the window 2x9 does not fit into the input [3, 8, 6]" + remedy,
        refusal(() -> build.maxPool("pool", IMAGE, Window.kernel(2, 9))));
  }

  @Test
  void checksNumbersThatAFieldStatesOfItsInput() {
    build.free("classes", 4);
    build.check("conv", "in", 3, IMAGE);
    build.check("fc", "in", 5, FEATURES);
    build.check("flatten", "features", 144, IMAGE);
    assertEquals(
        "conv: in is 4 in test.Net, but the input [3, 8, 6] has 3 with {classes=4}: correct or"
            + " remove it",
        refusal(() -> build.check("conv", "in", 4, IMAGE)));
    assertEquals(
        "flatten: features is 3 in test.Net, but the input [3, 8, 6] has 144 with {classes=4}:"
            + " correct or remove it",
        refusal(() -> build.check("flatten", "features", 3, IMAGE)));
  }

  @Test
  void refusesAStageThatTakesMoreOrFewerOutputsThanItJoins() {
    NetworkLayer drop = build.dropout("drop", IMAGE, 0.5);
    NetworkLayer add = build.add("add", IMAGE, IMAGE);
    assertEquals(
        "drop takes 2 outputs, expected 1, for it joins none",
        refusal(() -> build.from(Source.INPUT, Source.INPUT).stage(drop)));
    assertEquals(
        "add takes 1 output, expected at least 2, for it joins them",
        refusal(() -> build.from(Source.INPUT).stage(add)));
  }
}

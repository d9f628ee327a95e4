package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.data.Targets;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import io.github.posteriori.train.GradientExchange;
import io.github.posteriori.train.TrainingStep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A set that does not fit is refused where it is handed over, before anything is trained. */
class GivenSetsTest {
  private static final Shape.Image INPUT = Shape.image(1, 12, 12);
  private static final int CLASSES = 3;
  private static final int SIZE = 40;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(2).withBatch(16);

  /** A user's own set, whose parts can be wrong. */
  private record Own(
      String name, int size, Shape.Image shape, int classes, IntUnaryOperator labels, Pixels pixels)
      implements Dataset {
    interface Pixels {
      void write(int index, float[] target, int offset);
    }

    static Own sound(int stream) {
      return new Own(
          "own",
          SIZE,
          INPUT,
          CLASSES,
          i -> i % CLASSES,
          (i, target, offset) ->
              System.arraycopy(
                  NoiseKey.training(3, stream).of(1).uniform(i, 1, 144), 0, target, offset, 144));
    }

    Own labels(IntUnaryOperator labels) {
      return new Own(name, size, shape, classes, labels, pixels);
    }

    Own classes(int classes) {
      return new Own(name, size, shape, classes, labels, pixels);
    }

    Own size(int size) {
      return new Own(name, size, shape, classes, labels, pixels);
    }

    Own shape(Shape.Image shape) {
      return new Own(name, size, shape, classes, labels, pixels);
    }

    Own pixels(Pixels pixels) {
      return new Own(name, size, shape, classes, labels, pixels);
    }

    /** Puts a pixel into image 17. */
    Own pixel(int position, float pixel) {
      return pixels(
          (i, target, offset) -> {
            pixels.write(i, target, offset);
            if (i == 17) {
              target[offset + position] = pixel;
            }
          });
    }

    @Override
    public int label(int index) {
      return labels.applyAsInt(index);
    }

    @Override
    public void image(int index, float[] target, int offset) {
      pixels.write(index, target, offset);
    }
  }

  private static Chain module(String engine) {
    return Chain.small(ModuleOptions.defaults().withSeed(4).withEngine(engine), CLASSES);
  }

  /** Every way to hand over a set whose labels count. */
  private static Map<String, Consumer<Dataset>> labelled(Chain module) {
    Map<String, Consumer<Dataset>> uses = new LinkedHashMap<>();
    uses.put("fit", set -> Trainer.of(module, OPTIONS).fit(set));
    uses.put("train", set -> Trainer.of(module, OPTIONS).fit(set, Own.sound(1)));
    uses.put("valid", set -> Trainer.of(module, OPTIONS).fit(Own.sound(1), set));
    uses.put("evaluate", set -> new Evaluator(module, 2, 7).evaluate(set));
    uses.put("collect", set -> new Evaluator(module, 2, 7).collect(set));
    return uses;
  }

  /** Every way to hand over a set. */
  private static Map<String, Consumer<Dataset>> all(Chain module) {
    Map<String, Consumer<Dataset>> uses = labelled(module);
    uses.put("uncertainty", set -> new Evaluator(module, 2, 7).uncertainty(set));
    uses.put("predict", set -> new Evaluator(module, 2, 7).predict(set, (batch, answers) -> {}));
    uses.put(
        "augmented",
        set ->
            Trainer.of(module, OPTIONS.withAugmentation(Augmentation.rotation(10)).withBatch(4))
                .fit(set));
    return uses;
  }

  private static void assertRefused(
      String expected, Map<String, Consumer<Dataset>> uses, Dataset set) {
    uses.forEach(
        (use, taking) ->
            assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> taking.accept(set), use)
                    .getMessage(),
                use));
  }

  private static float[][] weights(Chain module) {
    return module.parameters().stream().map(Numbers::of).toArray(float[][]::new);
  }

  @ParameterizedTest
  @CsvSource({"vector, 3", "vector, -1", "vector, 1000000000", "nd4j, 3", "nd4j, -1"})
  void aLabelThatIsNoClassIsNamedBeforeAnythingIsTrained(String engine, int label) {
    Chain module = module(engine);
    float[][] before = weights(module);
    assertRefused(
        "example 38 of own has the label " + label + ", expected 0 to 2: number the classes from 0",
        labelled(module),
        Own.sound(0).labels(i -> i == 38 ? label : i % CLASSES));
    assertArrayEquals(before, weights(module));
  }

  @Test
  void labelsFromOneAreRefused() {
    assertRefused(
        "example 2 of own has the label 3, expected 0 to 2: number the classes from 0",
        labelled(module("auto")),
        Own.sound(0).labels(i -> i % CLASSES + 1));
  }

  @Test
  void labelsDoNotCountWhereOnlyUncertaintyIsMeasured() {
    Dataset letters = Own.sound(0).classes(26).labels(i -> 25);
    assertEquals(
        SIZE,
        new Evaluator(module("auto"), 2, 7)
            .uncertainty(letters)
            .values()
            .iterator()
            .next()
            .images());
  }

  /** A set that counts on being asked once. */
  @Test
  void aLabelThatChangesLaterIsNamedToo() {
    AtomicInteger asked = new AtomicInteger();
    Dataset changing =
        Own.sound(0).labels(i -> asked.getAndIncrement() < SIZE + 20 ? i % CLASSES : CLASSES);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(module("auto"), OPTIONS).fit(changing))
            .getMessage();
    assertTrue(
        message.matches("example \\d+ of own has the label 3, expected 0 to 2: .*"), message);
  }

  /** A set that overrides where labels come from. */
  private record Retargeted(Own base, Targets targets) implements Dataset {
    @Override
    public String name() {
      return "retargeted";
    }

    @Override
    public int size() {
      return base.size();
    }

    @Override
    public Shape.Image shape() {
      return base.shape();
    }

    @Override
    public int classes() {
      return base.classes();
    }

    @Override
    public int label(int index) {
      return base.label(index);
    }

    @Override
    public Targets targets(int... indices) {
      return targets;
    }

    @Override
    public void image(int index, float[] target, int offset) {
      base.image(index, target, offset);
    }
  }

  @Test
  void targetsOfASetsOwnAreChecked() {
    int[] labels = new int[SIZE];
    labels[4] = 9;
    assertRefused(
        "example 4 of retargeted has the label 9, expected 0 to 2: number the classes from 0",
        labelled(module("auto")),
        new Retargeted(Own.sound(0), new Targets.Labels(labels)));
    assertRefused(
        "retargeted gives 2 targets for 16 examples, expected one for each: look at its targets",
        Map.of("fit", set -> Trainer.of(module("auto"), OPTIONS).fit(set)),
        new Retargeted(Own.sound(0), new Targets.Labels(new int[2])));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aTrainingSetOfMoreOrFewerClassesIsRefused(int classes) {
    Map<String, Consumer<Dataset>> uses = labelled(module("auto"));
    uses.keySet().retainAll(List.of("fit", "train"));
    assertRefused(
        "own has "
            + classes
            + " classes, expected 3, the outputs of the module: create the module for this set's"
            + " classes",
        uses,
        Own.sound(0).classes(classes).labels(i -> i % 2));
  }

  @Test
  void aSetToMeasureOnMayLackClassesButHaveNoOthers() {
    Map<String, Consumer<Dataset>> uses = labelled(module("auto"));
    uses.keySet().removeAll(List.of("fit", "train"));
    assertRefused(
        "own has the classes [0, 1, 2, 3], of which [3] are unknown; expected only classes among"
            + " [0, 1, 2]: give equal classes equal names, and leave the others out",
        uses,
        Own.sound(0).classes(4).labels(i -> i % 2));
    uses.forEach((use, taking) -> taking.accept(Own.sound(0).classes(2).labels(i -> i % 2)));
  }

  @Test
  void aSetOfNoExamplesIsRefused() {
    for (int size : new int[] {0, -5}) {
      assertRefused(
          "own has " + size + " examples, expected at least 1: look where it was read or cut",
          all(module("auto")),
          Own.sound(0).size(size));
    }
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    assertRefused(
        "the images of own are [1, 9, 16], expected [1, 12, 12]: create the module for this set's"
            + " channels and size",
        all(module("auto")),
        Own.sound(0).shape(Shape.image(1, 9, 16)));
  }

  @Test
  void aSetThatIsNullIsNamed() {
    all(module("auto"))
        .forEach(
            (use, taking) -> {
              String message =
                  assertThrows(NullPointerException.class, () -> taking.accept(null), use)
                      .getMessage();
              assertTrue(message.contains(" is null, expected "), use + ": " + message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "vector, NaN",
    "vector, Infinity",
    "vector, -Infinity",
    "nd4j, NaN",
    "nd4j, Infinity"
  })
  void aPixelThatIsNotFiniteIsNamed(String engine, float pixel) {
    assertRefused(
        "image 17 of own has "
            + pixel
            + " at position 30 of [1, 12, 12], expected finite numbers: look where the image was"
            + " read or scaled",
        all(module(engine)),
        Own.sound(0).pixel(30, pixel));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e30f, -1e30f, 255, 11, -101})
  void aPixelThatIsNeitherFromZeroToOneNorStandardisedIsNamed(float pixel) {
    assertRefused(
        "image 17 of own has "
            + pixel
            + " at position 143 of [1, 12, 12], expected pixels from 0 to 1: divide by the largest"
            + " that a pixel can have, 255 for bytes",
        all(module("auto")),
        Own.sound(0).pixel(143, pixel));
  }

  @Test
  void standardisedPixelsAreLearnt() {
    Own sound = Own.sound(0);
    Dataset standardised =
        sound.pixels(
            (i, target, offset) -> {
              sound.image(i, target, offset);
              for (int p = offset; p < offset + 144; p++) {
                target[p] = (target[p] - 0.1307f) / 0.3081f;
              }
            });
    all(module("auto")).values().forEach(use -> use.accept(standardised));
  }

  @Test
  void featuresAreAnyFiniteNumbers() {
    Own sound = Own.sound(0);
    Dataset counts =
        sound
            .shape(Shape.image(1, 1, 4))
            .pixels((i, target, offset) -> Arrays.fill(target, offset, offset + 4, 1000f * i));
    Chain module =
        Chain.of(
            ModuleOptions.defaults(),
            build ->
                List.<NetworkLayer[]>of(
                    new NetworkLayer[] {build.linear("fc", Shape.features(4), CLASSES, true)}));
    new Evaluator(module, 1, 7).evaluate(counts);
    assertRefused(
        "image 17 of own has NaN at position 2 of [4], expected finite numbers: look where the"
            + " image was read or scaled",
        Map.of("evaluate", set -> new Evaluator(module, 1, 7).evaluate(set)),
        ((Own) counts).pixel(2, Float.NaN));
  }

  @Test
  void aSetThatWritesTooLittleOrToTheWrongPlaceIsNamed() {
    Own sound = Own.sound(0);
    assertRefused(
        "image 17 of own has nothing at position 100 of [1, 12, 12], expected 144 numbers: write"
            + " all of them, from the offset on",
        all(module("auto")),
        sound.pixels(
            (i, target, offset) -> {
              float[] image = new float[144];
              sound.image(i, image, 0);
              System.arraycopy(image, 0, target, offset, i == 17 ? 100 : 144);
            }));
    Map<String, Consumer<Dataset>> whole = all(module("auto"));
    whole.remove("augmented"); // whose images are read one by one, at 0
    whole.forEach(
        (use, taking) -> {
          String message =
              assertThrows(
                      IllegalArgumentException.class,
                      () ->
                          taking.accept(
                              sound.pixels((i, target, offset) -> sound.image(i, target, 0))),
                      use)
                  .getMessage();
          assertTrue(message.contains(" of own has nothing at position 0 of "), message);
        });
  }

  @Test
  void aValidationSetThatSharesExamplesWithTheTrainingSetIsRefused() {
    Dataset whole = Own.sound(0);
    Split split = whole.split(0.25, 1);
    Split again = whole.split(0.25, 2);
    Trainer trainer = Trainer.of(module("auto"), OPTIONS.withEpochs(1));
    Map<String, Dataset[]> pairs =
        Map.of(
            "itself", new Dataset[] {whole, whole},
            "a part", new Dataset[] {whole, split.valid()},
            "the whole", new Dataset[] {split.train(), whole},
            "another split", new Dataset[] {split.train(), again.valid()},
            "a part of a part", new Dataset[] {split.train(), split.train().limit(1)},
            "the same classes",
                new Dataset[] {
                  whole.classRange("one", 0, CLASSES), whole.classRange("two", 0, CLASSES)
                });
    pairs.forEach(
        (pair, sets) -> {
          String message =
              assertThrows(
                      IllegalArgumentException.class, () -> trainer.fit(sets[0], sets[1]), pair)
                  .getMessage();
          assertTrue(
              message.matches(
                  "example \\d+ of the validation set \\w+ is in the training set, too, expected"
                      + " sets that share none: hold examples out with split"),
              message);
        });
    trainer.fit(split.train(), split.valid());
    trainer.fit(Own.sound(0), Own.sound(0));
  }

  @Test
  void aMixtureChecksItsSetAsANetworkDoes() {
    Mixture mixture = Mixture.of(List.of(module("auto"), module("auto")));
    Own sound = Own.sound(0).classes(6).labels(i -> i % 6);
    MixtureEvaluator evaluator = new MixtureEvaluator(mixture, 2, 7);
    evaluator.evaluate(sound);
    Map<String, Consumer<Dataset>> uses = Map.of("mixture", evaluator::evaluate);
    for (int label : new int[] {6, -1}) {
      assertRefused(
          "example 9 of own has the label "
              + label
              + ", expected 0 to 5: number the classes from 0",
          uses,
          sound.labels(i -> i == 9 ? label : 0));
    }
    assertRefused(
        "image 17 of own has 255.0 at position 143 of [1, 12, 12], expected pixels from 0 to 1:"
            + " divide by the largest that a pixel can have, 255 for bytes",
        uses,
        sound.pixel(143, 255));
    assertRefused(
        "own has 0 examples, expected at least 1: look where it was read or cut",
        uses,
        sound.size(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "nd4j"})
  void aBatchOfOnesOwnIsCheckedBeforeTheStep(String engine) {
    Chain module = module(engine);
    TrainingStep step =
        new TrainingStep(
            module.runner(),
            module.network(),
            new TrainingStep.Setup(
                Likelihood.categorical(), Optimiser.adam(), SIZE, 4, 1, GradientExchange.none()));
    float[][] before = weights(module);
    for (int label : new int[] {CLASSES, -1}) {
      assertEquals(
          "example 1 of the batch has the label "
              + label
              + ", expected 0 to 2: number the classes from 0",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> step.run(new Batch(new float[288], new int[] {0, label}, 2, 0), 1, 0.01))
              .getMessage());
    }
    assertEquals(
        "the batch has 2 examples of 100 numbers in all, expected at least one, each of [1, 12,"
            + " 12]",
        assertThrows(
                IllegalArgumentException.class,
                () -> step.run(new Batch(new float[100], new int[2], 2, 0), 1, 0.01))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> step.run(new Batch(new float[0], new int[0], 0, 0), 1, 0.01));
    Batch sound = new Batch(new float[288], new int[] {0, 2}, 2, 0);
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> step.run(sound, wrong, 0.01));
      assertThrows(IllegalArgumentException.class, () -> step.run(sound, 1, wrong));
    }
    assertArrayEquals(before, weights(module));
    step.run(sound, 1, 0.01);
    assertFalse(Arrays.deepEquals(before, weights(module)));
  }
}

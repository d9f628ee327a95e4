package io.github.posteriori;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.Safetensors;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.train.EpochReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks and the names of their classes. In every set here, a class shows in a pixel of its own.
 */
class NamedClassesTest {
  private static final Shape.Image SHAPE = Shape.image(1, 1, 4);

  /** The classes by the pixel that they show in. */
  private static final List<String> PIXELS = List.of("ant", "bee", "cat", "dog");

  private static final TrainingOptions OPTIONS =
      TrainingOptions.defaults().withEpochs(40).withBatch(4).withLearningRate(0.1);

  @TempDir Path folder;

  private static Chain network(int outputs) {
    return Chain.of(
        ModuleOptions.defaults(),
        SHAPE,
        build -> {
          NetworkLayer flatten = build.flatten("flatten", SHAPE);
          NetworkLayer fc = build.linear("fc", flatten.output(), outputs, true);
          return List.of(new NetworkLayer[] {flatten}, new NetworkLayer[] {fc});
        });
  }

  /** One image of each class, whose labels follow the order of {@code names}. */
  private static Dataset set(String name, String... names) {
    float[][] images = new float[names.length][4];
    for (int label = 0; label < names.length; label++) {
      images[label][PIXELS.indexOf(names[label])] = 1;
    }
    int[] labels = IntStream.range(0, names.length).toArray();
    return Dataset.of(name, SHAPE, List.of(names), images, labels);
  }

  private static Dataset numbered(String name, int classes) {
    int[] labels = IntStream.range(0, classes).toArray();
    return Dataset.of(name, SHAPE, classes, new float[classes][4], labels);
  }

  private static Chain trained(String... names) {
    Chain network = network(names.length);
    Trainer.of(network, OPTIONS).fit(set("photos", names));
    return network;
  }

  private static double accuracy(BayesModule network, Dataset set) {
    return new Evaluator(network, 1, 3).evaluate(set).accuracy();
  }

  private Path saved(BayesModule network) {
    Path file = folder.resolve("network.safetensors");
    network.save(file);
    return file;
  }

  private static Chain load(Path file) {
    int outputs = (int) Safetensors.read(file).tensors().get("fc.bias").shape()[0];
    return Checkpoint.load(file, Chain.DEFINITION, (free, options) -> network(outputs));
  }

  @Test
  void aNetworkKnowsTheClassesThatItWasTrainedOn() {
    assertEquals(List.of("0", "1", "2"), network(3).classNames());
    assertEquals(List.of("cat", "ant", "dog"), trained("cat", "ant", "dog").classNames());
  }

  @Test
  void namesTravelInTheCheckpoint() {
    Chain loaded = load(saved(trained("cat", "ant", "dog")));
    assertEquals(List.of("cat", "ant", "dog"), loaded.classNames());
    assertEquals(1, accuracy(loaded, set("test", "ant", "cat", "dog")));
  }

  @Test
  void measuresASetThatLacksAClassByTheNamesOfTheOthers() {
    Chain network = trained("ant", "bee", "cat", "dog");
    assertEquals(1, accuracy(network, set("test", "bee", "cat", "dog")));
    assertEquals(1, accuracy(network, set("test", "dog", "ant")));
  }

  @Test
  void measuresASetInAnotherOrderByName() {
    assertEquals(1, accuracy(trained("ant", "bee", "cat"), set("test", "cat", "ant", "bee")));
  }

  @Test
  void collectsLabelsInTheNumbersOfTheNetwork() {
    List<Integer> labels =
        new Evaluator(trained("ant", "bee", "cat"), 1, 3)
            .collect(set("test", "cat", "bee")).answers().stream()
                .map(answer -> answer.label())
                .toList();
    assertEquals(List.of(2, 1), labels);
  }

  @Test
  void refusesAClassThatTheNetworkDoesNotKnow() {
    Chain network = trained("ant", "bee", "cat");
    assertRefused(
        "test has the classes [ant, bee, dog], of which [dog] are unknown; expected only classes"
            + " among [ant, bee, cat]: give equal classes equal names, and leave the others out",
        () -> new Evaluator(network, 1, 3).evaluate(set("test", "ant", "bee", "dog")));
    assertRefused(
        "of which [dog] are unknown",
        () -> new Evaluator(network, 1, 3).collect(set("test", "ant", "bee", "cat", "dog")));
  }

  @Test
  void takesASetWithoutNamesByItsNumbers() {
    Chain network = trained("ant", "bee", "cat");
    float[][] images = {{0, 0, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}};
    assertEquals(1, accuracy(network, Dataset.of("mine", SHAPE, 3, images, new int[] {2, 0, 1})));
    assertRefused(
        "mine has the classes [0, 1], of which [0, 1] are unknown",
        () -> new Evaluator(network, 1, 3).evaluate(numbered("mine", 2)));
  }

  @Test
  void validatesByName() {
    Chain network = network(3);
    List<EpochReport> reports =
        Trainer.of(network, OPTIONS)
            .fit(set("photos", "ant", "bee", "cat"), set("valid", "cat", "bee"));
    assertEquals(1, reports.get(reports.size() - 1).valid().orElseThrow().accuracy());
    assertRefused(
        "valid has the classes [ant, dog], of which [dog] are unknown; expected only classes among"
            + " [ant, bee]",
        () ->
            Trainer.of(network(2), OPTIONS)
                .fit(set("photos", "ant", "bee"), set("valid", "ant", "dog")));
  }

  @Test
  void keepsTheNumbersOfClassesThatItKnowsWhenTrainedAgain() {
    Chain network = trained("ant", "bee", "cat");
    Trainer.of(network, OPTIONS).fit(set("more", "cat", "bee"));
    assertEquals(List.of("ant", "bee", "cat"), network.classNames());
    assertEquals(1, accuracy(network, set("test", "bee", "cat")));
    Trainer.of(network, OPTIONS).fit(set("others", "dog", "ant", "bee"));
    assertEquals(List.of("dog", "ant", "bee"), network.classNames());
  }

  @Test
  void resumesOnlyOnTheClassesThatItBeganWith() {
    Chain network = network(2);
    Trainer trainer = Trainer.of(network, OPTIONS.withEpochs(1));
    trainer.fit(set("photos", "ant", "bee"));
    assertRefused(
        "of which [dog] are unknown",
        () ->
            Trainer.of(network, OPTIONS).resume(trainer.state()).fit(set("photos", "ant", "dog")));
  }

  @Test
  void namesOfASetThatAreNoNamesAreRefused() {
    Dataset twice = new Misnamed(List.of("ant", "ant"));
    assertRefused(
        "of mine, class 1 has the name 'ant' of class 0, expected names that differ: rename one of"
            + " them",
        () -> Trainer.of(network(2), OPTIONS).fit(twice));
    assertRefused(
        "mine has 1 class names, expected 2, one for each class: name all classes",
        () -> new Evaluator(network(2), 1, 1).evaluate(new Misnamed(List.of("ant"))));
  }

  /** A user's own set of two classes. */
  private record Misnamed(List<String> classNames) implements Dataset {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Shape.Image shape() {
      return SHAPE;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void image(int index, float[] target, int offset) {}
  }

  @Test
  void aCheckpointWithoutNamesHasThoseOfItsShippedSetOrElseNumbers() {
    assertEquals(List.of("ship", "truck"), withoutNames("splitcifar10-5.5", 2).classNames());
    assertEquals(List.of("0", "1", "2"), withoutNames("splitcifar10-5.5", 3).classNames());
    assertEquals(List.of("0", "1"), withoutNames("my pictures", 2).classNames());
  }

  /** A network as version 0.1 saved it. */
  private Chain withoutNames(String dataset, int outputs) {
    Chain network = network(outputs);
    network.learn(known -> known.with(new Provenance(dataset, 800, 7, 3, "0.1", "nd4j", "17")));
    return load(saved(network));
  }

  @Test
  void namesInACheckpointThatDoNotFitAreDamage() {
    Path file = saved(trained("cat", "ant"));
    for (Map.Entry<String, String> damage :
        Map.of(
                "[\"cat\"]", "it names 1 classes, expected 2, one for each output",
                "[\"cat\",\"cat\"]", "class 1 has the name 'cat' of class 0",
                "[\"cat\",\" \"]", "class 1 has a blank name",
                "[\"cat\",null]", "class 1 has a blank name",
                "{}", "its class_names is not readable")
            .entrySet()) {
      Safetensors whole = Safetensors.read(file);
      Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
      assertEquals("[\"cat\",\"ant\"]", metadata.put("class_names", damage.getKey()));
      Path damaged = folder.resolve("damaged.safetensors");
      new Safetensors(metadata, whole.tensors()).write(damaged);
      String message =
          assertThrows(CheckpointException.class, () -> load(damaged), damage.getKey())
              .getMessage();
      assertTrue(message.contains(damage.getValue()), message);
    }
  }

  @Test
  void aMixtureMatchesClassesByNameWhateverTheOrderOfItsExperts() {
    Mixture mixture = Mixture.of(List.of(trained("cat", "dog"), trained("ant", "bee")));
    assertEquals(List.of("cat", "dog", "ant", "bee"), mixture.classNames());
    for (Dataset test : List.of(set("test", "ant", "bee", "cat", "dog"), set("test", "dog"))) {
      new MixtureEvaluator(mixture, 1, 4)
          .evaluate(test)
          .forEach(score -> assertEquals(1, score.informedAccuracy()));
    }
    assertRefused(
        "of which [dog] are unknown",
        () ->
            new MixtureEvaluator(Mixture.of(List.of(trained("cat", "ant"), trained("bee"))), 1, 4)
                .evaluate(set("test", "dog")));
    assertRefused(
        "several experts know the classes [ant], expected each class to be known by one: give one"
            + " network for each part of the classes",
        () -> Mixture.of(List.of(trained("cat", "ant"), trained("ant", "bee"))));
  }

  @Test
  void aMatchedSetIsTheSameSetWhereNamesAgree() {
    Dataset set = set("test", "ant", "bee");
    Dataset same = set.matching(List.of("ant", "bee"));
    assertTrue(set == same);
    float[] pixels = new float[4];
    set.matching(PIXELS).image(1, pixels, 0);
    assertArrayEquals(new float[] {0, 1, 0, 0}, pixels);
  }

  private static void assertRefused(String message, Executable attempt) {
    String found = assertThrows(IllegalArgumentException.class, attempt).getMessage();
    assertTrue(found.contains(message), found);
  }
}

package io.github.posteriori.spark;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Trainer;
import io.github.posteriori.TrainingOptions;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.ClassPath;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.noise.NoiseKey;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks to score with, and their examples. */
final class Nets {
  static final int FEATURES = 5;

  private Nets() {}

  /** The source of a small network of features. */
  static Path source() {
    return source("TinyNet");
  }

  /** The source of a network among the resources. */
  static Path source(String name) {
    try {
      return Path.of(Nets.class.getResource("/" + name + ".java").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static BayesModule tiny(int outputs) {
    return create(source().toString(), Map.of("features", FEATURES, "classes", outputs));
  }

  static BayesModule leNet() {
    return create("lenet", Map.of("channels", 1, "classes", 10));
  }

  private static BayesModule create(String net, Map<String, Integer> sizes) {
    return new Networks(ClassPath.none(), false)
        .find(net, Optional.empty(), true)
        .create(sizes, ModuleOptions.defaults().withSeed(5));
  }

  /** A small network that was trained to predict as many numbers as there are names. */
  static BayesModule regression(String... names) {
    BayesModule module = tiny(names.length);
    float[][] values = new float[40][names.length];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < names.length; k++) {
        values[i][k] = 10 + 3 * features(i)[k];
      }
    }
    Dataset set =
        Dataset.ofValues(
            "line",
            module.inputShape(),
            List.of(names),
            examples(values.length).toArray(float[][]::new),
            values);
    TrainingOptions options = TrainingOptions.defaults().withEpochs(2).withBatch(20);
    Trainer.of(module, options.withLikelihood(Likelihood.gaussian())).fit(set);
    return module;
  }

  static float[] features(int example) {
    return NoiseKey.training(1, 1).of(1).uniform(example, 1, FEATURES);
  }

  static List<float[]> examples(int count) {
    List<float[]> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(features(i));
    }
    return examples;
  }
}

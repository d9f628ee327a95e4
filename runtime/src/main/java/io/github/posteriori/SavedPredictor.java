package io.github.posteriori;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.JsonMetadata;
import io.github.posteriori.checkpoint.ModuleTensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.laplace.KroneckerFactors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A predictor as a checkpoint keeps it: this record as JSON, and tensors beside those of the
 * module, under names with a dash, which no layer has.
 *
 * @param method the word for it
 * @param members of an ensemble, the module among them
 * @param examples that the posterior of a last layer was fitted to
 * @param priorPrecision of that posterior
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SavedPredictor(String method, Integer members, Integer examples, Double priorPrecision) {
  private static final String KEY = "predictor";
  private static final String MEMBER = "member-";
  private static final String LAST_LAYER = "last-layer.";
  private static final String FEATURES = LAST_LAYER + "features";
  private static final String OUTPUTS = LAST_LAYER + "outputs";

  /** Describes a module's predictor; empty if it is the posterior, which needs no word. */
  static Optional<SavedPredictor> of(BayesModule module) {
    Predictor predictor = module.predictor().kept();
    String method = predictor.method();
    if (predictor instanceof DeepEnsemble ensemble) {
      int members = ensemble.others().size() + 1;
      return Optional.of(new SavedPredictor(method, members, null, null));
    }
    if (predictor instanceof LastLayerLaplace laplace) {
      int examples = laplace.lastLayer().factors().examples();
      double precision = laplace.lastLayer().priorPrecision();
      return Optional.of(new SavedPredictor(method, null, examples, precision));
    }
    return predictor instanceof McDropout
        ? Optional.of(new SavedPredictor(method, null, null, null))
        : Optional.empty();
  }

  /** Returns the tensors of a module and of its predictor, by their names. */
  static Map<String, Tensor> tensors(BayesModule module) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(ModuleTensors.of(module.parameters()));
    if (module.predictor().kept() instanceof DeepEnsemble ensemble) {
      for (int i = 0; i < ensemble.others().size(); i++) {
        String prefix = prefix(i);
        ModuleTensors.of(ensemble.others().get(i).parameters())
            .forEach((name, tensor) -> tensors.put(prefix + name, tensor));
      }
    }
    if (module.predictor().kept() instanceof LastLayerLaplace laplace) {
      KroneckerFactors factors = laplace.lastLayer().factors();
      tensors.put(FEATURES, square(factors.features()));
      tensors.put(OUTPUTS, square(factors.outputs()));
    }
    return tensors;
  }

  private static Tensor square(float[] values) {
    int size = (int) Math.sqrt(values.length);
    return new Tensor(new long[] {size, size}, values);
  }

  /** The first of the others is the second member. */
  private static String prefix(int other) {
    return MEMBER + (other + 2) + ".";
  }

  /** Returns the tensors of the module alone. */
  static Map<String, Tensor> ofModule(Map<String, Tensor> tensors) {
    Map<String, Tensor> own = new LinkedHashMap<>(tensors);
    own.keySet().removeIf(name -> name.startsWith(MEMBER) || name.startsWith(LAST_LAYER));
    return own;
  }

  /** Adds this to a checkpoint's metadata. */
  void addTo(Map<String, String> metadata) {
    metadata.put(KEY, JsonMetadata.write(this));
  }

  /**
   * Reads what {@link #addTo} wrote.
   *
   * @throws CheckpointException when it is damaged
   */
  static Optional<SavedPredictor> read(Path file, Map<String, String> metadata) {
    return metadata.containsKey(KEY)
        ? Optional.of(JsonMetadata.read(file, metadata, KEY, SavedPredictor.class))
        : Optional.empty();
  }

  /**
   * Gives a module, which has its weights and names already, its predictor.
   *
   * @param tensors those of the file
   * @param another creates a module of the same kind
   * @throws CheckpointException when the file is damaged
   * @throws IllegalArgumentException when the module, by its options, cannot have this predictor
   */
  void restore(
      BayesModule module, Map<String, Tensor> tensors, Path file, Supplier<BayesModule> another) {
    switch (String.valueOf(method)) {
      case DeepEnsemble.METHOD -> module.predictor(ensemble(module, tensors, file, another));
      case LastLayerLaplace.METHOD -> module.predictor(laplace(module, tensors, file));
      case McDropout.METHOD -> module.predictor(Predictor.mcDropout());
      default ->
          throw damaged(
              file,
              "it predicts by '%s', expected %s, %s or %s"
                  .formatted(
                      method, DeepEnsemble.METHOD, LastLayerLaplace.METHOD, McDropout.METHOD));
    }
  }

  private Predictor ensemble(
      BayesModule module, Map<String, Tensor> tensors, Path file, Supplier<BayesModule> another) {
    if (members == null || members < 2) {
      throw damaged(file, "it has " + members + " members, expected at least 2");
    }
    List<BayesModule> others = new ArrayList<>();
    for (int i = 0; i < members - 1; i++) {
      BayesModule other = another.get();
      ModuleTensors.fill(other.network(), withPrefix(prefix(i), tensors), file);
      other.learn(nothing -> module.learnt());
      others.add(other);
    }
    return Predictor.ensemble(others);
  }

  private Predictor laplace(BayesModule module, Map<String, Tensor> tensors, Path file) {
    LastLayer layer = LastLayer.of(module);
    try {
      KroneckerFactors factors =
          new KroneckerFactors(
              examples == null ? 0 : examples, values(FEATURES, tensors), values(OUTPUTS, tensors));
      return LastLayerLaplace.restore(layer, factors, priorPrecision == null ? 0 : priorPrecision);
    } catch (IllegalArgumentException e) {
      throw CheckpointException.damaged(file, e);
    }
  }

  private static CheckpointException damaged(Path file, String found) {
    return CheckpointException.damaged(file, new IllegalArgumentException(found));
  }

  private static float[] values(String name, Map<String, Tensor> tensors) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("it lacks the tensor " + name);
    }
    return tensor.values();
  }

  private static Map<String, Tensor> withPrefix(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put(name.substring(prefix.length()), tensor);
          }
        });
    return own;
  }
}

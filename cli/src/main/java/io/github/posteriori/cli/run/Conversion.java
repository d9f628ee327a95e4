package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.ModuleTensors;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.checkpoint.torch.TorchFile;
import io.github.posteriori.cli.run.Net.Kind;
import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A shipped network on its way from or to another program.
 *
 * @param module with the weights of the file
 * @param found how its weights were found in the file
 */
public record Conversion(Net net, Kind kind, BayesModule module, FoundWeights found) {

  /**
   * Reads the weights that another program has written: a PyTorch file, or a safetensors file
   * without this project's metadata. Which network it is, and of how many channels and classes, its
   * tensors tell; what they do not tell is {@code stated}, or where it states nothing what
   * PyTorch-BayesianCNN does by itself: LRT, softplus and the prior N(0, 0.1^2). A frequentist
   * network has the activation of its definition.
   *
   * @param wanted the network that the file must hold, or empty to recognise it
   * @param key of the tensors where a PyTorch file holds several dictionaries of them
   * @throws CheckpointException when the file is damaged or holds no such network
   * @throws IllegalArgumentException when {@code stated} does not fit the network
   */
  public static Conversion fromWeights(
      Path file, Optional<Net> wanted, Optional<String> key, ModuleOptions stated) {
    Recognition recognised = Recognition.of(file, FoundWeights.read(file, key), wanted);
    TorchLayout layout = recognised.layout();
    Map<String, Tensor> tensors = recognised.tensors();
    ModuleOptions options = options(layout.kind(), stated);
    // The smallest one shows which shapes to expect: a file may claim sizes that fill the memory.
    BayesModule smallest = layout.net().create(layout.kind(), 1, 1, options);
    int channels = freeSize(file, tensors, smallest, layout.firstWeight(), 1);
    int classes = freeSize(file, tensors, smallest, layout.lastWeight(), 0);
    BayesModule module = layout.net().create(layout.kind(), channels, classes, options);
    ModuleTensors.fill(module.parameters(), tensors, file);
    return new Conversion(layout.net(), layout.kind(), module, recognised.found());
  }

  /**
   * Reads a checkpoint of this project.
   *
   * @param wanted the network that the file must hold, or empty for any
   * @throws CheckpointException when the file is damaged or holds no such network
   */
  public static Conversion fromCheckpoint(Path file, Optional<Net> wanted) {
    BayesModule module = Net.load(file, ModuleOptions.defaults());
    Net net = Net.of(module);
    if (wanted.isPresent() && wanted.get() != net) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " holds "
              + net
              + ", expected "
              + wanted.get()
              + ": leave --net out, or state the one it holds");
    }
    return new Conversion(net, net.kind(module), module, FoundWeights.OWN);
  }

  /** Returns the channels of its images. */
  public int channels() {
    return ((Shape.Image) module.inputShape()).channels();
  }

  /** Returns the classes that it tells apart. */
  public int classes() {
    return module.outputShape().size();
  }

  /** Writes a PyTorch file, under the names of the network's {@link TorchLayout}. */
  public void toTorch(Path file) {
    Map<String, Tensor> tensors = ModuleTensors.of(module.parameters());
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    TorchLayout.of(net, kind)
        .tensors()
        .forEach((name, torch) -> renamed.put(torch, tensors.get(name)));
    TorchFile.write(renamed, file);
  }

  /** Writes a checkpoint of this project. */
  public void toSafetensors(Path file) {
    module.save(file);
  }

  /**
   * The one free number of a tensor's shape, such as the channels, with which a dimension grows:
   * how many times it is that of the smallest network.
   */
  private static int freeSize(
      Path file, Map<String, Tensor> tensors, BayesModule smallest, String name, int dimension) {
    Tensor tensor = tensors.get(name);
    long[] expected =
        smallest.parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow()
            .shape();
    long[] found = tensor.shape().clone();
    boolean open =
        found.length == expected.length
            && found[dimension] > 0
            && found[dimension] % expected[dimension] == 0;
    if (open) {
      found[dimension] = expected[dimension];
    }
    if (!open || !Arrays.equals(expected, found)) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " has for "
              + name
              + " "
              + tensor
              + ", expected F32"
              + Arrays.toString(expected)
              + " with any number of at least 1"
              + (expected[dimension] == 1 ? "" : " times " + expected[dimension])
              + " for dimension "
              + dimension
              + ": it holds another network");
    }
    return (int) (tensor.shape()[dimension] / expected[dimension]);
  }

  static ModuleOptions options(Kind kind, ModuleOptions stated) {
    if (kind == Kind.BAYESIAN) {
      return stated
          .withEstimator(stated.estimator().orElse(Estimator.LRT))
          .withActivation(stated.activation().orElse(Activation.SOFTPLUS))
          .withPriors(stated.priors().orElse(Priors.ofPyTorchBayesianCnn()));
    }
    if (stated.priors().isPresent()
        || stated.estimator().orElse(Estimator.POINT) != Estimator.POINT) {
      throw new IllegalArgumentException(
          "an estimator or a prior is stated, but the network is frequentist and has no posterior:"
              + " leave them out");
    }
    return stated.withEstimator(Estimator.POINT);
  }
}

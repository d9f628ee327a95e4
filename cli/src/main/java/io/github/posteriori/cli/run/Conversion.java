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
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.networks.ShippedNet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network on its way from or to another program.
 *
 * @param module with the weights of the file
 * @param found how its weights were found in the file
 */
public record Conversion(Definition net, BayesModule module, FoundWeights found) {
  /** What shows the shapes of weights that do not depend on it. */
  private static final int SIDE = 32;

  private static final Set<String> READ_FROM_TENSORS = Set.of("channels", "features", "classes");

  /**
   * Reads the weights that another program has written: a PyTorch file, or a safetensors file
   * without this project's metadata. Which network it is, and of how many channels and classes, its
   * tensors tell; what they do not tell is {@code stated}, or where it states nothing what
   * PyTorch-BayesianCNN does by itself: LRT, softplus and the prior N(0, 0.1^2). A frequentist
   * network has the activation of its definition.
   *
   * @param wanted the networks of which the file must hold one; none to recognise a shipped one
   * @param sizes of free dimensions that are stated, and need not be read
   * @param key of the tensors where a PyTorch file holds several dictionaries of them
   * @throws CheckpointException when the file is damaged or holds no such network
   * @param stated options that the tensors do not say
   * @throws IllegalArgumentException when {@code stated} does not fit the network
   */
  public static Conversion fromWeights(
      Path file,
      List<Definition> wanted,
      Map<String, Integer> sizes,
      Optional<String> key,
      ModuleOptions stated) {
    Recognition recognised = Recognition.of(file, FoundWeights.read(file, key), wanted, sizes);
    Definition net = recognised.layout().net();
    Map<String, Tensor> tensors = recognised.tensors();
    ModuleOptions options = options(net.kind(), stated);
    // The smallest one shows which shapes to expect: a file may claim sizes that fill the memory.
    BayesModule smallest = smallest(net, sizes, options);
    List<AffineLayer> layers = affineLayers(smallest);
    Map<String, Integer> found = smallestSizes(sizes);
    for (String open : net.free()) {
      if (!sizes.containsKey(open) && READ_FROM_TENSORS.contains(open)) {
        boolean ofInput = !open.equals("classes");
        AffineLayer layer = layers.get(ofInput ? 0 : layers.size() - 1);
        int dimension = ofInput == layer instanceof ConvTransposeLayer ? 0 : 1;
        found.put(open, freeSize(file, tensors, smallest, weight(layer), dimension));
      }
    }
    BayesModule module = net.create(found, options);
    ModuleTensors.fill(module.network(), tensors, file);
    return new Conversion(net, module, recognised.found());
  }

  /** Makes the smallest module of a network, but for the sizes that are stated. */
  static BayesModule smallest(Definition net, Map<String, Integer> sizes, ModuleOptions options) {
    return net.create(smallestSizes(sizes), options);
  }

  private static Map<String, Integer> smallestSizes(Map<String, Integer> stated) {
    Map<String, Integer> sizes = new HashMap<>();
    READ_FROM_TENSORS.forEach(name -> sizes.put(name, 1));
    sizes.put("height", SIDE);
    sizes.put("width", SIDE);
    sizes.putAll(stated);
    return sizes;
  }

  private static List<AffineLayer> affineLayers(BayesModule module) {
    return module.network().layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .toList();
  }

  /** Names the weights of a layer, or their means. */
  private static String weight(AffineLayer layer) {
    return layer.name() + (layer.weight().posterior().isPresent() ? ".W_mu" : ".weight");
  }

  /**
   * Reads a checkpoint of this project.
   *
   * @param wanted the network that the file must hold, or empty for what it says
   * @param networks finds it
   * @throws CheckpointException when the file is damaged or holds no such network
   */
  public static Conversion fromCheckpoint(Path file, Optional<String> wanted, Networks networks) {
    Optional<String> own = wanted.filter(name -> ShippedNet.find(name).isEmpty());
    Definition net = networks.definition(file, own);
    if (own.isEmpty() && wanted.isPresent() && !wanted.get().equals(net.name())) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " holds "
              + net
              + ", expected "
              + wanted.get()
              + ": leave --net out, or state the one it holds");
    }
    return new Conversion(net, net.load(file, ModuleOptions.defaults()), FoundWeights.OWN);
  }

  /** Returns whether its layers have Gaussian weights. */
  public Kind kind() {
    return net.kind();
  }

  /** Returns the channels of its images, or the number of its features. */
  public int channels() {
    return module.inputShape() instanceof Shape.Image image
        ? image.channels()
        : module.inputShape().size();
  }

  /** Returns the classes that it tells apart. */
  public int classes() {
    return module.outputShape().size();
  }

  /** Writes a PyTorch file, under the names of the network's {@link TorchLayout}. */
  public void toTorch(Path file) {
    Map<String, Tensor> tensors = ModuleTensors.of(module.parameters());
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    TorchLayout.of(net, module.freeDimensions())
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

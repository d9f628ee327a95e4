package io.github.posteriori.benchmarks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A network that is measured beside PyTorch: each that is shipped, and one of larger images.
 *
 * @param name its name, also in {@code pytorch_nets.py}
 * @param creator makes its module, of ten classes and the usual channels
 */
record MeasuredNet(String name, BiFunction<Kind, ModuleOptions, BayesModule> creator) {
  private static final int CLASSES = 10;

  /** Lists all of them. */
  static List<MeasuredNet> all() {
    return Stream.concat(
            Arrays.stream(ShippedNet.values()).map(MeasuredNet::of),
            Stream.of(new MeasuredNet("vgg64", MeasuredNet::vgg64)))
        .toList();
  }

  /**
   * Finds the network of that name.
   *
   * @throws IllegalArgumentException when there is none, naming those that there are
   */
  static MeasuredNet named(String name) {
    return all().stream()
        .filter(net -> net.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "net is '"
                        + name
                        + "', expected one of "
                        + all().stream().map(MeasuredNet::name).toList()));
  }

  private static MeasuredNet of(ShippedNet net) {
    return new MeasuredNet(
        net.toString(), (kind, options) -> net.create(kind, net.channels(), CLASSES, options));
  }

  private static BayesModule vgg64(Kind kind, ModuleOptions options) {
    return kind == Kind.BAYESIAN ? BayesVgg64Module.create(options) : Vgg64Module.create(options);
  }

  BayesModule create(Kind kind, ModuleOptions options) {
    return creator.apply(kind, options);
  }
}

package io.github.posteriori.engine;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Chain;
import io.github.posteriori.Graph;
import io.github.posteriori.LayerCatalogue;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Residual;
import io.github.posteriori.Wirings;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Interpolation;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A network as any engine makes it.
 *
 * @param make by options that name the engine
 */
public record Net(String name, Function<ModuleOptions, BayesModule> make) {

  /** Each kind of layer alone, under every estimator that it can have. */
  public static List<Net> everyLayer() {
    List<Net> nets = new ArrayList<>();
    LayerCatalogue.affine()
        .forEach(
            (name, layer) -> {
              for (Estimator estimator : Estimator.values()) {
                if (name.startsWith("Bayesian") || estimator == Estimator.POINT) {
                  nets.add(
                      new Net(
                          name + " under " + estimator,
                          options -> alone(options.withEstimator(estimator), layer)));
                }
              }
            });
    LayerCatalogue.others()
        .forEach((name, layer) -> nets.add(new Net(name, options -> alone(options, layer))));
    return nets;
  }

  /** A network of one layer. */
  public static Chain alone(ModuleOptions options, Function<ModuleBuilder, NetworkLayer> layer) {
    return Chain.of(
        options, build -> List.<NetworkLayer[]>of(new NetworkLayer[] {layer.apply(build)}));
  }

  /** Networks in which layers meet: stages, blocks in blocks, forks and joins. */
  public static List<Net> networks() {
    List<Net> nets = new ArrayList<>(graphs());
    nets.add(new Net("down and up again", options -> Chain.of(options, Net::enlarging)));
    nets.add(new Net("norms and upsampling", options -> Chain.of(options, Net::normalised)));
    for (Estimator estimator : Estimator.values()) {
      for (Activation function : List.of(Activation.RELU, Activation.SOFTPLUS, Activation.GELU)) {
        nets.add(
            new Net(
                "LeNet under " + estimator + " with " + function,
                options ->
                    Chain.of(
                        options.withEstimator(estimator).withActivation(function),
                        Net::likeLeNet)));
      }
      nets.add(
          new Net(
              "blocks in blocks under " + estimator,
              options -> Residual.create(options.withEstimator(estimator))));
    }
    return nets;
  }

  /** Networks that drop: by a layer alone, and twice, before and behind what is drawn. */
  public static List<Net> withDropout() {
    List<Net> nets = new ArrayList<>();
    nets.add(new Net("dropout", o -> alone(o, LayerCatalogue.others().get("dropout"))));
    for (Estimator estimator : Estimator.values()) {
      nets.add(
          new Net(
              "two dropouts under " + estimator,
              options -> Chain.of(options.withEstimator(estimator), Net::twiceDropping)));
    }
    return nets;
  }

  private static List<NetworkLayer[]> twiceDropping(ModuleBuilder build) {
    NetworkLayer first = build.dropout("drop1", Shape.image(2, 5, 4), 0.2);
    NetworkLayer conv = build.bayesConv("conv", first.output(), Filters.of(5, Window.kernel(3, 2)));
    NetworkLayer bn = build.batchNorm("bn", conv.output());
    NetworkLayer act = build.activation("act", bn.output(), Activation.RELU);
    NetworkLayer flatten = build.flatten("flatten", act.output());
    NetworkLayer second = build.dropout("drop2", flatten.output(), 0.5);
    NetworkLayer fc = build.bayesLinear("fc", second.output(), 4, true);
    return List.of(
        new NetworkLayer[] {first},
        new NetworkLayer[] {conv},
        new NetworkLayer[] {bn},
        new NetworkLayer[] {act},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {second},
        new NetworkLayer[] {fc});
  }

  private static List<Net> graphs() {
    Shape.Image image = Shape.image(4, 5, 4);
    Shape.Features features = Shape.features(6);
    return List.of(
        new Net("an add", o -> Graph.of(o, features, Wirings::addOfFeatures)),
        new Net("a concat", o -> Graph.of(o, features, Wirings::concatOfFeatures)),
        new Net("a concat of images", o -> Graph.of(o, image, Wirings::concatOfImages)),
        new Net("a join of the input", o -> Graph.of(o, image, Wirings::inputIntoTheJoin)),
        new Net("three takers", o -> Graph.of(o, features, Wirings::threeTakers)),
        new Net("a user's layer", o -> Graph.of(o, features, Wirings::aroundAUsersLayer)));
  }

  private static List<NetworkLayer[]> enlarging(ModuleBuilder build) {
    Filters halving = Filters.of(6, Window.kernel(4, 4).stride(2, 2).padding(1, 1));
    NetworkLayer conv = build.bayesConv("conv", Shape.image(2, 6, 8), halving);
    NetworkLayer act1 = build.activation("act1", conv.output(), Activation.SILU);
    NetworkLayer up1 = build.bayesConvTranspose("up1", act1.output(), halving, 0, 0);
    NetworkLayer pool = build.maxPool("pool", up1.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer act2 = build.activation("act2", pool.output(), Activation.SOFTPLUS);
    NetworkLayer up2 = build.upsample("up2", act2.output(), 2, 3, Interpolation.BILINEAR);
    NetworkLayer up3 = build.convTranspose("up3", up2.output(), halving.groups(2), 1, 1);
    NetworkLayer act3 = build.activation("act3", up3.output(), Activation.TANH);
    NetworkLayer mean = build.globalAvgPool("mean", act3.output());
    return List.of(
        new NetworkLayer[] {conv, act1},
        new NetworkLayer[] {up1, pool, act2},
        new NetworkLayer[] {up2},
        new NetworkLayer[] {up3, act3, mean});
  }

  private static List<NetworkLayer[]> normalised(ModuleBuilder build) {
    Filters filters = Filters.of(6, Window.kernel(3, 3).padding(1, 1));
    NetworkLayer conv1 = build.bayesConv("conv1", Shape.image(2, 5, 6), filters);
    NetworkLayer group = build.groupNorm("group", conv1.output(), 2);
    NetworkLayer act1 = build.activation("act1", group.output(), Activation.SILU);
    NetworkLayer pool = build.maxPool("pool", act1.output(), Window.kernel(2, 2));
    NetworkLayer conv2 = build.bayesConv("conv2", pool.output(), filters);
    NetworkLayer layer = build.layerNorm("layer", conv2.output());
    NetworkLayer act2 = build.activation("act2", layer.output(), Activation.LEAKY_RELU);
    NetworkLayer up = build.upsample("up", act2.output(), 2, 3);
    NetworkLayer conv3 = build.bayesConv("conv3", up.output(), filters);
    NetworkLayer act3 = build.activation("act3", conv3.output(), Activation.SIGMOID);
    NetworkLayer mean = build.globalAvgPool("mean", act3.output());
    NetworkLayer fc = build.bayesLinear("fc", mean.output(), 4, true);
    return List.of(
        new NetworkLayer[] {conv1},
        new NetworkLayer[] {group},
        new NetworkLayer[] {act1, pool},
        new NetworkLayer[] {conv2},
        new NetworkLayer[] {layer},
        new NetworkLayer[] {act2},
        new NetworkLayer[] {up},
        new NetworkLayer[] {conv3, act3, mean},
        new NetworkLayer[] {fc});
  }

  private static List<NetworkLayer[]> likeLeNet(ModuleBuilder build) {
    NetworkLayer conv1 =
        build.bayesConv("conv1", Shape.image(1, 14, 14), Filters.of(6, Window.kernel(3, 3)));
    NetworkLayer act1 = build.activation("act1", conv1.output(), Activation.MODEL);
    NetworkLayer pool1 = build.maxPool("pool1", act1.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer conv2 =
        build.bayesConv("conv2", pool1.output(), Filters.of(16, Window.kernel(3, 3)));
    NetworkLayer act2 = build.activation("act2", conv2.output(), Activation.MODEL);
    NetworkLayer pool2 = build.maxPool("pool2", act2.output(), Window.kernel(2, 2).stride(2, 2));
    NetworkLayer flatten = build.flatten("flatten", pool2.output());
    NetworkLayer fc1 = build.bayesLinear("fc1", flatten.output(), 25, true);
    NetworkLayer act3 = build.activation("act3", fc1.output(), Activation.MODEL);
    NetworkLayer fc2 = build.bayesLinear("fc2", act3.output(), 10, true);
    return List.of(
        new NetworkLayer[] {conv1, act1, pool1},
        new NetworkLayer[] {conv2, act2, pool2},
        new NetworkLayer[] {flatten},
        new NetworkLayer[] {fc1, act3},
        new NetworkLayer[] {fc2});
  }
}

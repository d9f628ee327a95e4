package io.github.posteriori.networks;

import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.MixturePrior;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import io.github.posteriori.layers.Weight;
import io.github.posteriori.layers.WeightPrior;
import io.github.posteriori.layers.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The source of a chain of layers with fewer filters: each layer as an annotation states it. */
final class NarrowSource implements LayerCases<String> {
  private final ToIntFunction<AffineLayer> outputs;

  private NarrowSource(ToIntFunction<AffineLayer> outputs) {
    this.outputs = outputs;
  }

  /**
   * Writes the source of a network, without the filters that are removed.
   *
   * @param name of its class
   * @param layers a chain, none of a block and none that joins several
   * @param outputs filters that are left of a layer
   */
  static String of(
      String name, Shape input, List<NetworkLayer> layers, ToIntFunction<AffineLayer> outputs) {
    NarrowSource writer = new NarrowSource(outputs);
    StringBuilder text =
        new StringBuilder(
            """
            import io.github.posteriori.*;
            import io.github.posteriori.annotations.*;

            /** What is left of a network whose filters were pruned. */
            @BayesModel(%s)
            class %s {
            """
                .formatted(input(input), name));
    for (NetworkLayer layer : layers) {
      text.append("    %s Layer %s;%n".formatted(layer.match(writer), layer.name()));
    }
    return text.append("}\n").toString().replace(System.lineSeparator(), "\n");
  }

  private static String input(Shape shape) {
    return shape instanceof Shape.Image image
        ? "channels = %s, height = %s, width = %s"
            .formatted(image.channels(), image.height(), image.width())
        : "features = " + shape.size();
  }

  @Override
  public String conv(ConvLayer layer) {
    Window window = layer.filters().window();
    return affine(
        layer,
        "Conv",
        ", kernel = {%s, %s}, stride = {%s, %s}, padding = {%s, %s}, dilation = {%s, %s}"
            .formatted(
                window.rows(),
                window.columns(),
                window.strideRows(),
                window.strideColumns(),
                window.paddingRows(),
                window.paddingColumns(),
                window.dilationRows(),
                window.dilationColumns()));
  }

  @Override
  public String convTranspose(ConvTransposeLayer layer) {
    throw noChain(layer);
  }

  @Override
  public String linear(LinearLayer layer) {
    return affine(layer, "Linear", "");
  }

  private String affine(AffineLayer layer, String kind, String window) {
    Optional<Posterior> posterior = layer.weight().posterior();
    String inference =
        posterior
            .map(
                q ->
                    ", estimator = Estimator." + layer.estimator() + ", prior = " + prior(layer, q))
            .orElse("");
    return "@%s%s(out = %s%s, bias = %s%s)"
        .formatted(
            posterior.isPresent() ? "Bayes" : "",
            kind,
            outputs.applyAsInt(layer),
            window,
            layer.bias().isPresent(),
            inference);
  }

  /** A prior by fan-in is another one for the bias, and follows the inputs that are left. */
  private static String prior(AffineLayer layer, Posterior posterior) {
    WeightPrior prior = posterior.prior();
    Optional<Posterior> bias = layer.bias().flatMap(Weight::posterior);
    boolean byFanIn = bias.filter(b -> !b.prior().equals(prior)).isPresent();
    String sigma = byFanIn ? "Prior.HE" : String.valueOf(prior.sigma());
    return prior instanceof MixturePrior mixture
        ? "@Prior(mu = %s, share = %s, sigma = %s, sigma2 = %s)"
            .formatted(
                mixture.mu(),
                mixture.share(),
                byFanIn ? sigma : String.valueOf(mixture.sigma1()),
                mixture.sigma2())
        : "@Prior(mu = %s, sigma = %s)".formatted(prior.mu(), sigma);
  }

  @Override
  public String activation(ActivationLayer layer) {
    return "@Activate(Activation." + layer.function() + ")";
  }

  @Override
  public String pool(PoolLayer layer) {
    Window window = layer.window();
    return "@%sPool(kernel = {%s, %s}, stride = {%s, %s}, padding = {%s, %s})"
        .formatted(
            layer.taken() == PoolLayer.Kind.MAX ? "Max" : "Avg",
            window.rows(),
            window.columns(),
            window.strideRows(),
            window.strideColumns(),
            window.paddingRows(),
            window.paddingColumns());
  }

  @Override
  public String globalAvgPool(GlobalAvgPoolLayer layer) {
    return "@GlobalAvgPool";
  }

  @Override
  public String upsample(UpsampleLayer layer) {
    return "@Upsample(scale = {%s, %s}, interpolation = Interpolation.%s)"
        .formatted(layer.rows(), layer.columns(), layer.interpolation());
  }

  @Override
  public String flatten(FlattenLayer layer) {
    return "@Flatten";
  }

  @Override
  public String dropout(DropoutLayer layer) {
    return "@Dropout(" + layer.probability() + ")";
  }

  @Override
  public String batchNorm(BatchNormLayer layer) {
    return "@BatchNorm";
  }

  @Override
  public String layerNorm(LayerNormLayer layer) {
    throw noChain(layer);
  }

  @Override
  public String groupNorm(GroupNormLayer layer) {
    throw noChain(layer);
  }

  @Override
  public String add(AddLayer layer) {
    throw noChain(layer);
  }

  @Override
  public String concat(ConcatLayer layer) {
    throw noChain(layer);
  }

  @Override
  public String custom(CustomLayer layer) {
    throw noChain(layer);
  }

  private static IllegalStateException noChain(NetworkLayer layer) {
    return new IllegalStateException("a selection of filters refuses " + layer.name());
  }
}

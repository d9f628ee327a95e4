package io.github.posteriori.drawn;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Shape;
import java.util.List;

/**
 * A network drawn at random, with the batch to run it on: a function of its seed alone.
 *
 * <p>It prints as the annotated class that declares it.
 *
 * @param seed the seed
 * @param input the shape of an example
 * @param estimator how the class has Bayesian layers sampled that state nothing else
 * @param activation what the class means by {@code MODEL}
 * @param rhoMean the mean from which every rho is drawn
 * @param layers the fields, in order
 * @param images the number of images in a batch
 * @param samples the number of posterior samples in a step
 */
public record DrawnNetwork(
    long seed,
    Shape input,
    Estimator estimator,
    Activation activation,
    double rhoMean,
    List<DrawnLayer> layers,
    int images,
    int samples) {

  /** Steps between the rows of two seeds, more than anyone has to go. */
  private static final long MOST_ATTEMPTS = 10_000;

  /** Well within 20 to 500: estimates may be wrong by half, and engines become faster. */
  private static final double LEAST_MILLIS = 60;

  private static final double MOST_MILLIS = 350;

  /** The name of the network's input. */
  public static final String INPUT = "input";

  public DrawnNetwork {
    layers = List.copyOf(layers);
  }

  /**
   * Draws a small network, which an engine runs in milliseconds: of every five networks two have
   * shapes that nobody would choose.
   */
  public static DrawnNetwork small(long seed) {
    Limits limits =
        switch ((int) Math.floorMod(seed, 5L)) {
          case 0, 1 -> Limits.plain();
          case 2 -> Limits.pooled();
          default -> Limits.odd();
        };
    return new NetworkDraw(seed, limits).network();
  }

  /** Draws a network of the size that people train. */
  public static DrawnNetwork large(long seed) {
    return new NetworkDraw(seed, Limits.large()).network();
  }

  /**
   * Draws a network of the size that people train, in a batch of 32 to 256 images, whose step takes
   * some 20 to 500 ms on two cores: the first such in an endless row that the seed names.
   */
  public static DrawnNetwork timed(long seed) {
    for (long attempt = 0; ; attempt++) {
      Dice dice = new Dice(seed * MOST_ATTEMPTS + attempt);
      DrawnNetwork network = new NetworkDraw(seed, Limits.batched(), dice).network();
      double millis = StepEstimate.millis(network);
      if (millis > LEAST_MILLIS && millis < MOST_MILLIS) {
        return network;
      }
    }
  }

  /** Makes the module that the class would be compiled to. */
  public DrawnModule module(ModuleOptions options) {
    ModuleBuilder build = stated(new ModuleBuilder("drawn." + name(), options)).input(input);
    return new DrawnModule(build, layers);
  }

  private ModuleBuilder stated(ModuleBuilder build) {
    return build
        .estimator(estimator)
        .activation(activation)
        .priors(Priors.defaults().withRhoMean(rhoMean));
  }

  /** The simple name of the class. */
  public String name() {
    return "Drawn" + seed;
  }

  /** The annotated class, in the default package. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("import io.github.posteriori.*;\n");
    text.append("import io.github.posteriori.annotations.*;\n\n");
    text.append("/** ").append(images).append(" images, ").append(samples).append(" samples. */\n");
    text.append("@BayesModel(").append(shape()).append(inference()).append(")\n");
    text.append("class ").append(name()).append(" {\n");
    String before = INPUT;
    for (DrawnLayer layer : layers) {
      text.append("  ").append(layer.field(before)).append('\n');
      before = layer.name();
    }
    return text.append("}\n").toString();
  }

  private String shape() {
    if (input instanceof Shape.Image image) {
      return "channels = %d, height = %d, width = %d"
          .formatted(image.channels(), image.height(), image.width());
    }
    return "features = " + input.size();
  }

  private String inference() {
    String function = ", activation = Activation." + activation;
    boolean samples =
        layers.stream()
            .anyMatch(
                layer ->
                    layer.kind() instanceof LayerKind.Affine affine
                        && affine.inference().bayesian());
    return samples
        ? ", estimator = Estimator.%s%s, prior = @Prior(rhoMean = %s)"
            .formatted(estimator, function, rhoMean)
        : function;
  }
}

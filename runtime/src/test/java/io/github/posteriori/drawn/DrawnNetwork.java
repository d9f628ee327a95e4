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

  /** Draws a network of the size that people train, whose step takes 20 to 500 ms on two cores. */
  public static DrawnNetwork large(long seed) {
    return new NetworkDraw(seed, Limits.large()).network();
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

package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.models.AlexNetModule;
import io.github.posteriori.models.Bayes3Conv3FCModule;
import io.github.posteriori.models.BayesAlexNetModule;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.models.BayesMlpModule;
import io.github.posteriori.models.BayesResNet20Module;
import io.github.posteriori.models.BayesSeparableNetModule;
import io.github.posteriori.models.BayesSignalNetModule;
import io.github.posteriori.models.BayesVgg11Module;
import io.github.posteriori.models.LeNetModule;
import io.github.posteriori.models.MlpModule;
import io.github.posteriori.models.ResNet20Module;
import io.github.posteriori.models.SeparableNetModule;
import io.github.posteriori.models.SignalNetModule;
import io.github.posteriori.models.ThreeConvThreeFCModule;
import io.github.posteriori.models.Vgg11Module;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The shipped networks by name, each Bayesian and frequentist. */
public enum Net {
  /** LeNet. */
  LENET(
      "lenet",
      1,
      new Variant(BayesLeNetModule::create, BayesLeNetModule::load, "BayesLeNet"),
      new Variant(LeNetModule::create, LeNetModule::load, "LeNet")),
  /** AlexNet. */
  ALEXNET(
      "alexnet",
      3,
      new Variant(BayesAlexNetModule::create, BayesAlexNetModule::load, "BayesAlexNet"),
      new Variant(AlexNetModule::create, AlexNetModule::load, "AlexNet")),
  /** 3Conv3FC. */
  THREE_CONV_THREE_FC(
      "3conv3fc",
      3,
      new Variant(Bayes3Conv3FCModule::create, Bayes3Conv3FCModule::load, "Bayes3Conv3FC"),
      new Variant(
          ThreeConvThreeFCModule::create, ThreeConvThreeFCModule::load, "ThreeConvThreeFC")),
  /** The residual network of 20 layers. */
  RESNET20(
      "resnet20",
      3,
      new Variant(BayesResNet20Module::create, BayesResNet20Module::load, "BayesResNet20"),
      new Variant(ResNet20Module::create, ResNet20Module::load, "ResNet20")),
  /** VGG of 11 layers. */
  VGG11(
      "vgg11",
      3,
      new Variant(BayesVgg11Module::create, BayesVgg11Module::load, "BayesVgg11"),
      new Variant(Vgg11Module::create, Vgg11Module::load, "Vgg11")),
  /** The perceptron of two hidden layers. */
  MLP(
      "mlp",
      1,
      new Variant(BayesMlpModule::create, BayesMlpModule::load, "BayesMlp"),
      new Variant(MlpModule::create, MlpModule::load, "Mlp")),
  /** Depthwise-separable convolutions. */
  SEPARABLE(
      "separable",
      3,
      new Variant(
          BayesSeparableNetModule::create, BayesSeparableNetModule::load, "BayesSeparableNet"),
      new Variant(SeparableNetModule::create, SeparableNetModule::load, "SeparableNet")),
  /** One-dimensional convolutions, for signals. */
  SIGNAL(
      "signal",
      12,
      new Variant(BayesSignalNetModule::create, BayesSignalNetModule::load, "BayesSignalNet"),
      new Variant(SignalNetModule::create, SignalNetModule::load, "SignalNet"));

  private static final String MODELS = "io.github.posteriori.models.";

  private final String name;
  private final int channels;
  private final Variant bayesian;
  private final Variant frequentist;

  Net(String name, int channels, Variant bayesian, Variant frequentist) {
    this.name = name;
    this.channels = channels;
    this.bayesian = bayesian;
    this.frequentist = frequentist;
  }

  /** Kind of a network's weights. */
  public enum Kind {
    /** Weights are distributions. */
    BAYESIAN,
    /** Weights are numbers. */
    FREQUENTIST;

    /** The kind of that name. */
    public static Kind named(String name) {
      return Names.find("kind", name, values());
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @FunctionalInterface
  private interface Creator {
    BayesModule create(int channels, int classes, ModuleOptions options);
  }

  @FunctionalInterface
  private interface Loader {
    BayesModule load(Path file, ModuleOptions options);
  }

  /** Definition of a network: how its module is made and read. */
  private record Variant(Creator creator, Loader loader, String definition) {}

  /** The network of that name. */
  public static Net named(String name) {
    return Names.find("net", name, values());
  }

  /** Returns the channels of what this network is usually given: it takes any number of them. */
  public int channels() {
    return channels;
  }

  /** Makes a module of this network with new weights. */
  public BayesModule create(Kind kind, int channels, int classes, ModuleOptions options) {
    return variant(kind).creator.create(channels, classes, options);
  }

  /**
   * Reads a shipped network.
   *
   * @param options what they state replaces what was saved
   * @throws CheckpointException when the file is damaged or holds another network
   */
  public static BayesModule load(Path file, ModuleOptions options) {
    String definition = Checkpoint.read(file).definition();
    for (Net net : values()) {
      for (Kind kind : Kind.values()) {
        if (definition.equals(MODELS + net.variant(kind).definition)) {
          return net.variant(kind).loader.load(file, options);
        }
      }
    }
    throw new CheckpointException(
        "the checkpoint "
            + file
            + " holds a "
            + definition
            + ", expected one of the shipped networks "
            + Arrays.toString(values())
            + ": load it with the program that defines it");
  }

  /** Recognises the shipped network that a module is of. */
  public static Net of(BayesModule module) {
    return Arrays.stream(values())
        .filter(
            net ->
                module.definition().equals(MODELS + net.bayesian.definition)
                    || module.definition().equals(MODELS + net.frequentist.definition))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(module.definition() + " is no shipped network"));
  }

  /** Returns the estimator of a module's posteriors; of several, that of the first layer. */
  public static Estimator estimator(BayesModule module) {
    return module.network().layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(AffineLayer.class::cast)
        .map(AffineLayer::estimator)
        .filter(estimator -> estimator != Estimator.POINT)
        .findFirst()
        .orElse(Estimator.POINT);
  }

  /** Tells whether a module of this network is the Bayesian one. */
  public Kind kind(BayesModule module) {
    return module.definition().equals(MODELS + bayesian.definition)
        ? Kind.BAYESIAN
        : Kind.FREQUENTIST;
  }

  private Variant variant(Kind kind) {
    return kind == Kind.BAYESIAN ? bayesian : frequentist;
  }

  @Override
  public String toString() {
    return name;
  }
}

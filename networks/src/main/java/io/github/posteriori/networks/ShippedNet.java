package io.github.posteriori.networks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.models.BayesLeNet;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The networks that the command line knows by name, each Bayesian and frequentist. */
public enum ShippedNet {
  /** LeNet. */
  LENET("lenet", 1, "BayesLeNet", "LeNet"),
  /** AlexNet. */
  ALEXNET("alexnet", 3, "BayesAlexNet", "AlexNet"),
  /** 3Conv3FC. */
  THREE_CONV_THREE_FC("3conv3fc", 3, "Bayes3Conv3FC", "ThreeConvThreeFC"),
  /** The residual network of 20 layers. */
  RESNET20("resnet20", 3, "BayesResNet20", "ResNet20"),
  /** VGG of 11 layers. */
  VGG11("vgg11", 3, "BayesVgg11", "Vgg11"),
  /** The perceptron of two hidden layers. */
  MLP("mlp", 1, "BayesMlp", "Mlp"),
  /** Depthwise-separable convolutions. */
  SEPARABLE("separable", 3, "BayesSeparableNet", "SeparableNet"),
  /** One-dimensional convolutions, for signals. */
  SIGNAL("signal", 12, "BayesSignalNet", "SignalNet"),
  /** A shallow, wide network that learns photographs in few epochs. */
  WIDENET("widenet", 3, "BayesWideNet", "WideNet");

  private static final String MODELS = BayesLeNet.class.getPackageName();

  private final String name;
  private final int channels;
  private final Map<Kind, String> classes;

  ShippedNet(String name, int channels, String bayesian, String frequentist) {
    this.name = name;
    this.channels = channels;
    this.classes = Map.of(Kind.BAYESIAN, bayesian, Kind.FREQUENTIST, frequentist);
  }

  /** Finds the network of that name, if there is one. */
  public static Optional<ShippedNet> find(String name) {
    return Arrays.stream(values()).filter(net -> net.name.equals(name)).findFirst();
  }

  /** Finds the network that a class defines, if that is shipped. */
  static Optional<ShippedNet> ofClass(String className) {
    return Arrays.stream(values())
        .filter(net -> net.classes.values().stream().anyMatch(c -> net.full(c).equals(className)))
        .findFirst();
  }

  private String full(String simpleName) {
    return MODELS + "." + simpleName;
  }

  /** Returns the channels of what this network is usually given: it takes any number of them. */
  public int channels() {
    return channels;
  }

  /** Returns the definition of one kind. */
  public Definition definition(Kind kind) {
    return Definition.onClassPath(full(classes.get(kind)));
  }

  /** Makes a module with new weights. */
  public BayesModule create(Kind kind, int channels, int classes, ModuleOptions options) {
    return definition(kind).create(Map.of("channels", channels, "classes", classes), options);
  }

  @Override
  public String toString() {
    return name;
  }
}

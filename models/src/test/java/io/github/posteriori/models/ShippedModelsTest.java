package io.github.posteriori.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Layer;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

/** The shipped networks are those of PyTorch-BayesianCNN. */
class ShippedModelsTest {
  private static final String LENET =
      "conv1 [6, 28, 28] act1 pool1 [6, 14, 14] conv2 [16, 10, 10] act2 pool2 [16, 5, 5] flatten"
          + " [400] fc1 [120] act3 fc2 [84] act4 fc3 [10]";
  private static final String THREE =
      "conv1 [32, 32, 32] act1 pool1 [32, 15, 15] conv2 [64, 15, 15] act2 pool2 [64, 7, 7]"
          + " conv3 [128, 5, 5] act3 pool3 [128, 2, 2] flatten [512] fc1 [1000] act4 fc2 act5"
          + " fc3 [10]";

  /** The shipped networks of any number of channels and classes. */
  private enum Model {
    BAYES_LENET(BayesLeNetModule::create),
    LENET(LeNetModule::create),
    BAYES_ALEXNET(BayesAlexNetModule::create),
    ALEXNET(AlexNetModule::create),
    BAYES_3CONV3FC(Bayes3Conv3FCModule::create),
    THREE_CONV_THREE_FC(ThreeConvThreeFCModule::create);

    private final BiFunction<Integer, Integer, BayesModule> creator;

    Model(BiFunction<Integer, Integer, BayesModule> creator) {
      this.creator = creator;
    }
  }

  /** Each layer's name, and its output where it is another than its input. */
  private static String outline(BayesModule module) {
    return module.layers().stream()
        .map(
            layer ->
                layer.output().equals(layer.input())
                    ? layer.name()
                    : layer.name() + " " + layer.output())
        .collect(Collectors.joining(" "));
  }

  private static long weights(BayesModule module) {
    return module.parameters().stream().filter(Parameter::trained).mapToLong(Parameter::size).sum();
  }

  @Test
  void leNet() {
    assertEquals(LENET, outline(BayesLeNetModule.create(3, 10)));
    assertEquals(LENET, outline(LeNetModule.create(3, 10)));
  }

  @Test
  void threeConvThreeFc() {
    assertEquals(THREE, outline(Bayes3Conv3FCModule.create(3, 10)));
    assertEquals(THREE, outline(ThreeConvThreeFCModule.create(3, 10)));
  }

  @Test
  void bayesAlexNet() {
    assertEquals(
        "conv1 [64, 8, 8] act1 pool1 [64, 4, 4] conv2 [192, 4, 4] act2 pool2 [192, 2, 2] conv3"
            + " [384, 2, 2] act3 conv4 [256, 2, 2] act4 conv5 [128, 2, 2] act5 pool3 [128, 1, 1]"
            + " flatten [128] classifier [10]",
        outline(BayesAlexNetModule.create(3, 10)));
  }

  @Test
  void alexNet() {
    assertEquals(
        "conv1 [64, 8, 8] act1 drop1 pool1 [64, 4, 4] conv2 [192, 4, 4] act2 pool2 [192, 2, 2]"
            + " conv3 [384, 2, 2] act3 drop2 conv4 [256, 2, 2] act4 conv5 act5 drop3"
            + " pool3 [256, 1, 1] flatten [256] classifier [10]",
        outline(AlexNetModule.create(3, 10)));
  }

  @Test
  void frequentistNetworksHaveTheirOwnActivation() {
    assertEquals("Activate RELU", kind(LeNetModule.create(3, 10), "act1"));
    assertEquals("Activate RELU", kind(AlexNetModule.create(3, 10), "act5"));
    BayesModule three = ThreeConvThreeFCModule.create(3, 10);
    assertEquals("Activate SOFTPLUS", kind(three, "act5"));
    BayesModule told =
        ThreeConvThreeFCModule.create(
            3, 10, ModuleOptions.defaults().withActivation(Activation.TANH));
    assertEquals("Activate TANH", kind(told, "act1"));
  }

  private static String kind(BayesModule module, String name) {
    return module.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .map(Layer::kind)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGaussianWeightHasTwoNumbers() {
    assertEquals(2 * weights(LeNetModule.create(3, 10)), weights(BayesLeNetModule.create(3, 10)));
    assertEquals(
        2 * weights(ThreeConvThreeFCModule.create(3, 10)),
        weights(Bayes3Conv3FCModule.create(3, 10)));
    // 3 channels: 64 of 11x11, 192 of 5x5, 384, 256 and 128 of 3x3, and 10 classes; with biases.
    long alex =
        64 * (3 * 121 + 1)
            + 192 * (64 * 25 + 1)
            + 384 * (192 * 9 + 1)
            + 256 * (384 * 9 + 1)
            + 128 * (256 * 9 + 1)
            + 10 * (128 + 1);
    assertEquals(2 * alex, weights(BayesAlexNetModule.create(3, 10)));
  }

  @ParameterizedTest
  @EnumSource
  void everyNetworkRunsForOneAndThreeChannelsAndAnyClasses(Model model) {
    for (int channels : List.of(1, 3)) {
      BayesModule module = model.creator.apply(channels, 7);
      assertEquals(Shape.features(7), module.outputShape());
      double sum =
          module.forward(Nd4j.rand(2, channels, 32, 32)).logits().sumNumber().doubleValue();
      assertTrue(Double.isFinite(sum), model.toString());
    }
  }
}

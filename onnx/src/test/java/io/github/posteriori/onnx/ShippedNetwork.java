package io.github.posteriori.onnx;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.models.AlexNetModule;
import io.github.posteriori.models.Bayes3Conv3FCModule;
import io.github.posteriori.models.BayesAlexNetModule;
import io.github.posteriori.models.BayesLeNetModule;
import io.github.posteriori.models.BayesMlpModule;
import io.github.posteriori.models.BayesResNet20Module;
import io.github.posteriori.models.BayesResNetModule;
import io.github.posteriori.models.BayesSeparableNetModule;
import io.github.posteriori.models.BayesSignalNetModule;
import io.github.posteriori.models.BayesVgg11Module;
import io.github.posteriori.models.BayesWideNetModule;
import io.github.posteriori.models.LeNetModule;
import io.github.posteriori.models.MlpModule;
import io.github.posteriori.models.ResNet20Module;
import io.github.posteriori.models.SeparableNetModule;
import io.github.posteriori.models.SignalNetModule;
import io.github.posteriori.models.ThreeConvThreeFCModule;
import io.github.posteriori.models.Vgg11Module;
import io.github.posteriori.models.WideNetModule;
import java.util.stream.Stream;

/** The shipped networks, Bayesian and not, for inputs of the kind that each is usually given. */
enum ShippedNetwork {
  BAYES_LENET(options -> BayesLeNetModule.create(1, 10, options)),
  LENET(options -> LeNetModule.create(1, 10, options)),
  BAYES_ALEXNET(options -> BayesAlexNetModule.create(3, 10, options)),
  ALEXNET(options -> AlexNetModule.create(3, 10, options)),
  BAYES_3CONV3FC(options -> Bayes3Conv3FCModule.create(3, 10, options)),
  THREE_CONV_THREE_FC(options -> ThreeConvThreeFCModule.create(3, 10, options)),
  BAYES_RESNET(options -> BayesResNetModule.create(1, 10, options)),
  BAYES_RESNET20(options -> BayesResNet20Module.create(3, 10, options)),
  RESNET20(options -> ResNet20Module.create(3, 10, options)),
  BAYES_VGG11(options -> BayesVgg11Module.create(3, 10, options)),
  VGG11(options -> Vgg11Module.create(3, 10, options)),
  BAYES_MLP(options -> BayesMlpModule.create(1, 10, options)),
  MLP(options -> MlpModule.create(1, 10, options)),
  BAYES_SEPARABLE(options -> BayesSeparableNetModule.create(3, 10, options)),
  SEPARABLE(options -> SeparableNetModule.create(3, 10, options)),
  BAYES_SIGNAL(options -> BayesSignalNetModule.create(12, 5, options)),
  SIGNAL(options -> SignalNetModule.create(12, 5, options)),
  BAYES_WIDENET(options -> BayesWideNetModule.create(3, 10, options)),
  WIDENET(options -> WideNetModule.create(3, 10, options));

  private final Creator creator;

  ShippedNetwork(Creator creator) {
    this.creator = creator;
  }

  private interface Creator {
    BayesModule create(ModuleOptions options);
  }

  static Stream<ShippedNetwork> all() {
    return Stream.of(values());
  }

  static Stream<ShippedNetwork> bayesian() {
    return all().filter(network -> network.name().startsWith("BAYES"));
  }

  BayesModule create(ModuleOptions options) {
    return creator.create(options);
  }
}

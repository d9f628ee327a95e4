package io.github.posteriori.engine.nd4j;

import io.github.posteriori.Graph;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Residual;
import io.github.posteriori.Wirings;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.build.ModuleBuilder;
import io.github.posteriori.layers.Shape;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The gradients of networks that fork, join and nest, and of layers of a user's own. A wrong way
 * through them is wrong for every element of a parameter; GradientTest has each layer's own.
 */
class GraphGradientTest {
  private static final Shape.Image IMAGE = Shape.image(4, 5, 4);
  private static final Shape.Features FEATURES = Shape.features(6);
  private static final ModuleOptions OPTIONS = ModuleOptions.defaults().withSeed(3);

  private static void check(Shape input, Function<ModuleBuilder, Graph.Wiring> wiring) {
    for (int images : new int[] {3, 1}) {
      FiniteDifferences.check(() -> Graph.of(OPTIONS, input, wiring), images);
    }
  }

  @Test
  void ofAnAddAndOfAnInputThatTwoStagesTake() {
    check(FEATURES, Wirings::addOfFeatures);
  }

  @Test
  void ofAConcatOfFeatures() {
    check(FEATURES, Wirings::concatOfFeatures);
  }

  @Test
  void ofAConcatOfImagesBeforeAnActivationAndAPool() {
    check(IMAGE, Wirings::concatOfImages);
  }

  @Test
  void ofAJoinThatTakesTheInputTwice() {
    check(IMAGE, Wirings::inputIntoTheJoin);
  }

  @Test
  void ofAnOutputThatThreeStagesTake() {
    check(FEATURES, Wirings::threeTakers);
  }

  @ParameterizedTest
  @EnumSource(Estimator.class)
  void ofBlocksInBlocks(Estimator estimator) {
    FiniteDifferences.check(() -> Residual.create(OPTIONS.withEstimator(estimator)));
  }

  @Test
  void ofALayerOfAUsersOwnThatChangesWhatItIsGiven() {
    FiniteDifferences.check(() -> Graph.of(OPTIONS, FEATURES, Wirings::aroundAUsersLayer));
  }
}

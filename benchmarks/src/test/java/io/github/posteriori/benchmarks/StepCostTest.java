package io.github.posteriori.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.networks.Kind;
import org.junit.jupiter.api.Test;

class StepCostTest {
  private static long cost(String net, Estimator estimator) {
    Kind kind = estimator == Estimator.POINT ? Kind.FREQUENTIST : Kind.BAYESIAN;
    ModuleOptions options = ModuleOptions.defaults().withEstimator(estimator);
    return StepCost.of(MeasuredNet.named(net).create(kind, options)).multiplyAdds();
  }

  @Test
  void eachMapCountsThreeTimesAndTheFirstTwice() {
    long mlp = 2 * 784 * 1200 + 3 * (1200 * 1200 + 1200 * 10);
    assertEquals(mlp, cost("mlp", Estimator.BBB));
    assertEquals(mlp, cost("mlp", Estimator.POINT));
    assertEquals(2 * mlp, cost("mlp", Estimator.LRT));
  }

  @Test
  void tapsInThePaddingOfASignalAreLeftOut() {
    // 512 windows of 7 taps, two at a stride, over 1,024 samples with 3 zeros on each side: 3 + 1
    // taps lie in front, 2 behind. Then windows of 5 taps over 256 and of 3 over 128.
    long conv1 = (512 * 7 - 4 - 2) * 12 * 32;
    long conv2 = (256 * 5 - 6) * 32 * 64;
    long conv3 = (128 * 3 - 2) * 64 * 128;
    assertEquals(2 * conv1 + 3 * (conv2 + conv3 + 128 * 10), cost("signal", Estimator.BBB));
  }

  @Test
  void depthwiseConvolutionsCountOneInputForEachOutput() {
    // Rows of 32 windows of 3 taps at stride 1 touch 94; at stride 2, 16 windows touch 47.
    long depthwise = 94 * 94 * 32 + 47 * 47 * 64 + 46 * 46 * 128 + 23 * 23 * 128 + 22 * 22 * 256;
    long pointwise = 1024 * 32 * 64 + 256 * (64 * 128 + 128 * 128) + 64 * (128 * 256 + 256 * 256);
    assertEquals(
        2 * 94 * 94 * 3 * 32 + 3 * (depthwise + pointwise + 256 * 10),
        cost("separable", Estimator.POINT));
  }
}

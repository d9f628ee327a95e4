package io.github.posteriori.benchmarks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Window;

/**
 * The multiply-adds of a training step on one image, without those that are easily avoided: taps on
 * the padding, and the gradient with respect to the network's input. Each linear map is applied
 * once forward, once for the gradient with respect to its weights and, after the first layer, once
 * for the gradient with respect to its input; under local reparametrisation there are two maps.
 *
 * @param multiplyAdds multiply-adds of one image
 */
public record StepCost(long multiplyAdds) {

  /** Counts the step of a module. */
  public static StepCost of(BayesModule module) {
    long sum = 0;
    boolean isFirst = true;
    for (NetworkLayer layer : module.network().layers()) {
      if (layer instanceof AffineLayer affine) {
        boolean two = affine.weight() instanceof Posterior && affine.estimator() == Estimator.LRT;
        sum += multiplyAdds(affine) * (two ? 2 : 1) * (isFirst ? 2 : 3);
        isFirst = false;
      }
    }
    return new StepCost(sum);
  }

  private static long multiplyAdds(AffineLayer layer) {
    if (layer instanceof LinearLayer linear) {
      return linear.multiplyAdds();
    }
    ConvLayer conv = (ConvLayer) layer;
    Window window = conv.filters().window();
    long rows =
        taps(
            conv.output().height(),
            conv.input().height(),
            window.rows(),
            window.strideRows(),
            window.paddingRows(),
            window.dilationRows());
    long columns =
        taps(
            conv.output().width(),
            conv.input().width(),
            window.columns(),
            window.strideColumns(),
            window.paddingColumns(),
            window.dilationColumns());
    int inputs = conv.input().channels() / conv.filters().groups();
    return rows * columns * inputs * conv.output().channels();
  }

  /** Returns the number of taps of all windows along one dimension that lie on the image. */
  private static long taps(
      int outputs, int inputs, int taps, int stride, int padding, int dilation) {
    long count = 0;
    for (int output = 0; output < outputs; output++) {
      for (int tap = 0; tap < taps; tap++) {
        int input = stride * output - padding + dilation * tap;
        count += input >= 0 && input < inputs ? 1 : 0;
      }
    }
    return count;
  }
}

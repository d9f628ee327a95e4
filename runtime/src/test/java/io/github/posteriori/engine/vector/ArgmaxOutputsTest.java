package io.github.posteriori.engine.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The outputs that a max-pool chose are listed, channel by channel and pixel by pixel. */
class ArgmaxOutputsTest {
  private static final int WIDTH = Lanes.FULL;

  /** Two channels of 3 x 3 outputs, of which windows of 2 x 2 one apart choose four each. */
  private static final Geometry MAP =
      new Geometry(Shape.image(1, 3, 3), Shape.image(2, 3, 3), Window.kernel(1, 1), 1);

  /** Gradients of the image in one lane, {@code [channels, windows]}; other lanes hold others. */
  private record Given(float[] byMean, float[] byVariance, float[] taps)
      implements OutputGradients {

    static Given of(int lane, float[] byMean, float[] byVariance, float[] taps) {
      return new Given(in(lane, byMean), in(lane, byVariance), in(lane, taps));
    }

    private static float[] in(int lane, float[] values) {
      if (values == null) {
        return null;
      }
      float[] lanes = Lanes.array(values.length * WIDTH);
      Arrays.fill(lanes, 1);
      for (int i = 0; i < values.length; i++) {
        lanes[Lanes.LEAD + i * WIDTH + lane] = values[i];
      }
      return lanes;
    }

    @Override
    public int windows() {
      return 4;
    }

    @Override
    public boolean isPooled() {
      return true;
    }

    @Override
    public void scatter(int firstRow, int rows, float[] dy, float[] dv) {
      throw new UnsupportedOperationException();
    }
  }

  private static PoolLayer pool(Window window) {
    return new PoolLayer(0, "pool", MAP.output(), window, PoolLayer.Kind.MAX);
  }

  private static int[] first(int[] all, int count) {
    return Arrays.copyOf(all, count);
  }

  private static float[] first(float[] all, int count) {
    return Arrays.copyOf(all, count);
  }

  @Test
  void listsThePixelThatEachWindowChoseChannelByChannel() {
    ArgmaxOutputs found = new ArgmaxOutputs(MAP, pool(Window.kernel(2, 2)), true);
    Given given =
        Given.of(
            1,
            new float[] {1, 2, 3, 4, 5, 6, 7, 8},
            new float[] {-1, -2, -3, -4, -5, -6, -7, -8},
            new float[] {3, 2, 1, 0, 0, 1, 2, 3});
    found.take(given, WIDTH, 0, 3);
    found.list(1);
    assertEquals(8, found.count());
    assertArrayEquals(new int[] {0, 4, 8}, found.starts());
    assertArrayEquals(new int[] {4, 4, 4, 4, 0, 2, 6, 8}, first(found.pixel(), 8));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, first(found.value(), 8));
    assertArrayEquals(
        new float[] {-1, -2, -3, -4, -5, -6, -7, -8}, first(found.valueByVariance(), 8));
  }

  @Test
  void leavesOutWhatHasNoGradient() {
    ArgmaxOutputs found = new ArgmaxOutputs(MAP, pool(Window.kernel(2, 2)), false);
    float[] gradients = {0, 2, 0, 0, 0, 0, 0, 8};
    found.take(Given.of(0, gradients, null, new float[8]), WIDTH, 0, 1);
    found.list(0);
    assertArrayEquals(new int[] {0, 1, 2}, found.starts());
    assertArrayEquals(new int[] {1, 4}, first(found.pixel(), 2));
    assertArrayEquals(new float[] {2, 8}, first(found.value(), 2));
  }

  /** A window of nothing but NaN keeps its first tap, wherever that is. */
  @Test
  void leavesOutWhatWasChosenInThePadding() {
    Window padded = Window.kernel(2, 2).stride(2, 2).padding(1, 1);
    ArgmaxOutputs found = new ArgmaxOutputs(MAP, pool(padded), false);
    float[] gradients = {1, 2, 3, 4, 5, 6, 7, 8};
    found.take(Given.of(0, gradients, null, new float[8]), WIDTH, 0, 1);
    found.list(0);
    assertArrayEquals(new int[] {0, 1, 2}, found.starts());
    assertArrayEquals(new int[] {4, 4}, first(found.pixel(), 2));
    assertArrayEquals(new float[] {4, 8}, first(found.value(), 2));
  }

  @Test
  void sortsByPixelAndWithinAPixelByChannel() {
    ArgmaxOutputs found = new ArgmaxOutputs(MAP, pool(Window.kernel(2, 2)), true);
    Given given =
        Given.of(
            2,
            new float[] {1, 2, 3, 4, 5, 6, 7, 8},
            new float[] {10, 20, 30, 40, 50, 60, 70, 80},
            new float[] {3, 1, 2, 0, 3, 1, 2, 0});
    found.take(given, WIDTH, 2, 3);
    found.list(0);
    found.listByPixel();
    // Pixel 2: one of each channel; 4: two of each; 6: one of each.
    assertArrayEquals(new int[] {0, 0, 0, 2, 2, 6, 6, 8, 8, 8}, found.startsOfPixels());
    assertArrayEquals(new int[] {0, 1, 0, 0, 1, 1, 0, 1}, first(found.channelOfPixel(), 8));
    assertArrayEquals(new float[] {2, 6, 1, 4, 5, 8, 3, 7}, first(found.valueOfPixel(), 8));
    assertArrayEquals(
        new float[] {20, 60, 10, 40, 50, 80, 30, 70}, first(found.valueByVarianceOfPixel(), 8));
  }

  @Test
  void aListIsForgottenWithTheNextImage() {
    ArgmaxOutputs found = new ArgmaxOutputs(MAP, pool(Window.kernel(2, 2)), false);
    float[] gradients = {1, 2, 3, 4, 5, 6, 7, 8};
    found.take(Given.of(0, gradients, null, new float[8]), WIDTH, 0, 1);
    found.list(0);
    found.listByPixel();
    found.take(Given.of(0, new float[8], null, new float[8]), WIDTH, 0, 1);
    found.list(0);
    found.listByPixel();
    assertEquals(0, found.count());
    assertArrayEquals(new int[10], found.startsOfPixels());
  }
}

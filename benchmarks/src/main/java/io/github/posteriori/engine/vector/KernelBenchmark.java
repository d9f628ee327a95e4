package io.github.posteriori.engine.vector;

import io.github.posteriori.annotations.Activation;
import io.github.posteriori.engine.Purpose;
import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels of a step, on one block of images; in the engine's package to reach them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  /** Floats of a row of LeNet's first convolution. */
  private static final int ROW = 28 * Lanes.FULL;

  private final LaneBlock block = new LaneBlock(Lanes.FULL);
  private final LaneNoise noise = new LaneNoise(Lanes.FULL);
  private final float[] row = Lanes.array(ROW);
  private final float[] activated = Lanes.array(ROW);
  private final float[] slope = Lanes.array(ROW);
  private final Scratch scratch = new Scratch();

  /** Which convolution, and so which kernels. */
  @Param public Convolution convolution;

  private LinearWeights weights;
  private LinearPass pass;
  private float[] x;
  private float[] y;
  private float[] dx;
  private float[] dw;

  /** One convolution for each way in which the engine computes them. */
  public enum Convolution {
    /** LeNet's second: as it is, its gradient with the images in the lanes. */
    LENET2(Shape.image(6, 14, 14), Shape.image(16, 10, 10), Window.kernel(5, 5)),
    /** AlexNet's first: as it is, its gradient with the outputs in the lanes. */
    ALEXNET1(
        Shape.image(3, 32, 32),
        Shape.image(64, 8, 8),
        Window.kernel(11, 11).stride(4, 4).padding(5, 5)),
    /** AlexNet's second: with fewer products. */
    ALEXNET2(Shape.image(64, 4, 4), Shape.image(192, 4, 4), Window.kernel(5, 5).padding(2, 2)),
    /** 3Conv3FC's second: forward patch by patch. */
    THREECONV2(Shape.image(32, 15, 15), Shape.image(64, 15, 15), Window.kernel(5, 5).padding(2, 2));

    private final Geometry geometry;

    Convolution(Shape.Image input, Shape.Image output, Window window) {
      this.geometry = new Geometry(input, output, window, 1);
    }
  }

  /** Fills what is read. */
  @Setup
  public void prepare() {
    block.set(0, 0, Lanes.FULL, NoiseKey.training(1, 1), 1, Purpose.TRAINING);
    noise.key(NoiseKey.training(1, 1).of(0), 0, Lanes.FULL, 0, 1);
    Geometry geometry = convolution.geometry;
    weights = LinearWeights.of(LayerPlan.of(geometry), false);
    weights.reserve(new Partition(Lanes.FULL));
    pass = weights.pass(block);
    x = Lanes.array(geometry.input().size() * Lanes.FULL);
    y = Lanes.array(geometry.output().size() * Lanes.FULL);
    dx = Lanes.array(geometry.input().size() * Lanes.FULL);
    dw = new float[Lanes.ROWS * geometry.fanIn()];
    Arrays.fill(x, 0.3f);
    Arrays.fill(y, 0.1f);
  }

  /** y = op(x, W). */
  @Benchmark
  public float[] forward() {
    Shape.Image output = convolution.geometry.output();
    int pixels = output.height() * output.width();
    pass.forward(x);
    for (Tiles.Tile tile : weights.outputs()) {
      for (int r = 0; r < output.height(); r++) {
        int at = tile.first() * pixels + r * output.width();
        pass.row(tile, r, y, Lanes.LEAD + at * Lanes.FULL, pixels * Lanes.FULL);
      }
    }
    return y;
  }

  /** dx = op_x(W, dy), of the dy that the weights' gradient takes in as well. */
  @Benchmark
  public float[] gradientByInput() {
    pass.startGradient(x);
    pass.addRows(y, 0, convolution.geometry.output().height());
    pass.inputGradient(y, dx);
    return dx;
  }

  /** dW = op_W(x, dy). */
  @Benchmark
  public float[] gradientByWeights() {
    pass.startGradient(x);
    pass.addRows(y, 0, convolution.geometry.output().height());
    pass.endGradient();
    for (int product = 0; product < weights.products(); product++) {
      weights.multiply(product, 1, scratch);
    }
    for (Tiles.Tile tile : weights.outputs()) {
      weights.collect(tile, 1, dw, scratch);
    }
    return dw;
  }

  /** Normal numbers for a row of 28 pixels. */
  @Benchmark
  public float[] noise() {
    noise.normal(0, 14, row, Lanes.LEAD);
    return row;
  }

  /** Softplus of a row of 28 pixels, and its derivative. */
  @Benchmark
  public float[] softplus() {
    ActivationLoops.run(Activation.SOFTPLUS, row, Lanes.LEAD, activated, slope, Lanes.LEAD, ROW);
    return activated;
  }
}

package io.github.posteriori.engine.vector;

import io.github.posteriori.Shape;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.layers.Window;
import io.github.posteriori.noise.LaneNoise;
import io.github.posteriori.noise.NoiseKey;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels of a LeNet step, on one block of images; in the engine's package to reach them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  /** LeNet's second convolution. */
  private static final Geometry CONV =
      new Geometry(Shape.image(6, 14, 14), Shape.image(16, 10, 10), Window.kernel(5, 5), 1);

  /** Floats of a row of LeNet's first convolution. */
  private static final int ROW = 28 * Lanes.FULL;

  private final Block block = new Block(Lanes.FULL);
  private final DirectWeights weights = new DirectWeights(CONV, false);
  private final LinearPass pass = weights.pass(block);
  private final LaneNoise noise = new LaneNoise(Lanes.FULL);
  private final float[] x = Lanes.array(CONV.input().size() * Lanes.FULL);
  private final float[] y = Lanes.array(CONV.output().size() * Lanes.FULL);
  private final float[] dx = Lanes.array(CONV.input().size() * Lanes.FULL);
  private final float[] row = Lanes.array(ROW);
  private final float[] activated = Lanes.array(ROW);
  private final float[] slope = Lanes.array(ROW);

  /** Fills what is read. */
  @Setup
  public void prepare() {
    block.set(0, 0, Lanes.FULL, NoiseKey.training(1, 1), 1, Block.Purpose.TRAINING);
    noise.key(NoiseKey.training(1, 1).of(0), 0, Lanes.FULL, 0);
    weights.reserve(new Partition(Lanes.FULL));
    Arrays.fill(x, 0.3f);
    Arrays.fill(y, 0.1f);
  }

  /** y = op(x, W). */
  @Benchmark
  public float[] convolution() {
    int pixels = CONV.outputPixels();
    pass.forward(x);
    for (Tiles.Tile tile : weights.outputs()) {
      for (int r = 0; r < CONV.output().height(); r++) {
        int at = tile.first() * pixels + r * CONV.output().width();
        pass.row(tile, r, y, Lanes.LEAD + at * Lanes.FULL, pixels * Lanes.FULL);
      }
    }
    return y;
  }

  /** dx = op_x(W, dy). */
  @Benchmark
  public float[] gradientByInput() {
    pass.inputGradient(y, dx);
    return dx;
  }

  /** dW = op_W(x, dy). */
  @Benchmark
  public Object gradientByWeights() {
    pass.startGradient(x);
    pass.addRows(y, 0, CONV.output().height());
    pass.endGradient();
    return weights.share(0);
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

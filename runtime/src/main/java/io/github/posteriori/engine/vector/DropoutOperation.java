package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.LaneNoise;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.NoiseLoops;
import io.github.posteriori.layers.DropoutLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Dropout: y = x mask / (1 - p) in training, and outside where the noise's key asks for it; each
 * element of the mask is 0 with probability p and else 1. y = x elsewhere.
 */
final class DropoutOperation implements Operation {
  /** Pairs of elements whose noise is drawn together. */
  private static final int PAIRS = 16;

  private final LaneBlock block;
  private final DropoutLayer layer;
  private final LaneNoise noise;
  private final List<float[]> outputs = new ArrayList<>();
  private final float[] scaledMask;
  private final float[] dx;
  private final float[] uniform;
  private float[] kept;

  DropoutOperation(LaneBlock block, DropoutLayer layer) {
    this.block = block;
    this.layer = layer;
    this.noise = new LaneNoise(block.width());
    this.scaledMask = Lanes.array(layer.input().size() * block.width());
    this.dx = new float[scaledMask.length];
    this.uniform = new float[2 * PAIRS * block.width()];
  }

  @Override
  public boolean draws() {
    return block.drops();
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    kept = draws() ? null : x;
    for (int s = 0; draws() && s < samples; s++) {
      if (s == outputs.size()) {
        outputs.add(new float[scaledMask.length]);
      }
      draw(sample + s);
      Elementwise.multiply(x, scaledMask, outputs.get(s), scaledMask.length - LEAD);
    }
  }

  private void draw(int sample) {
    block.key(noise, layer.index(), sample);
    int elements = layer.input().size();
    for (int e = 0; e < elements; e += 2 * PAIRS) {
      int count = Math.min(2 * PAIRS, elements - e);
      noise.uniform(e / 2, (count + 1) / 2, uniform, 0);
      NoiseLoops.mask(
          uniform,
          layer.probability(),
          scaledMask,
          LEAD + e * block.width(),
          count * block.width());
    }
  }

  @Override
  public float[] output(int index) {
    return kept == null ? outputs.get(index) : kept;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    Elementwise.multiply(dy, scaledMask, dx, dx.length - LEAD);
    return dx;
  }
}

package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;

import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.BatchNormLayer;

/** Applies a {@link FixedNormalisation} and the activation behind it to a block. */
final class NormalisationOperation implements Operation {
  private final LaneBlock block;
  private final FixedNormalisation normalisation;
  private final ActivationLayer activation;
  private final int channels;
  private final int floats;
  private final float[] y;

  /**
   * Creates the operation.
   *
   * @param activation or null
   */
  NormalisationOperation(LaneBlock block, BatchNormLayer layer, ActivationLayer activation) {
    this.block = block;
    this.normalisation = new FixedNormalisation(layer);
    this.activation = activation;
    this.channels = FixedNormalisation.channels(layer);
    this.floats = layer.input().size() / channels * block.width();
    this.y = Lanes.array(channels * floats);
  }

  @Override
  public void forward(float[] x, int sample, int samples) {
    normalisation.read();
    for (int channel = 0; channel < channels; channel++) {
      int at = LEAD + channel * floats;
      FixedNormalisation.run(
          x,
          at,
          normalisation.factor(channel),
          normalisation.offset(channel),
          activation,
          block,
          y,
          null,
          at,
          floats);
    }
  }

  @Override
  public float[] output(int index) {
    return y;
  }

  @Override
  public float[] backward(float[] dy, boolean wantsInput) {
    throw new IllegalStateException("found a gradient outside training, expected none");
  }
}

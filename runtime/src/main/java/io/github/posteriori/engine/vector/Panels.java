package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.PosteriorTensor.Use;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.noise.Noise;
import io.github.posteriori.noise.NoiseKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs the weights of an affine layer with its output channels in the lanes, for {@link
 * ImageAffine}: panels of {@code [in / groups, rows, columns, lanes]}.
 */
final class Panels {
  private final AffineWeights owner;
  private final Geometry geometry;
  private final List<Panel> panels = new ArrayList<>();
  private final List<Register> registers = new ArrayList<>();
  private final Packed mean;
  private final Packed variance;

  /**
   * Panel of output channels of one group.
   *
   * @param group it belongs to
   * @param first channel, counted through all groups
   * @param channels how many
   * @param lanes four registers or one, also beyond the last channel
   * @param lane the first of them, counted through all panels
   */
  record Panel(int group, int first, int channels, int lanes, int lane) {}

  /** One register of a panel's channels, which a task packs. */
  private record Register(Panel panel, int first, int channels) {
    /** Its first lane, within the panel. */
    int lane() {
      return first - panel.first;
    }
  }

  /**
   * The factors of one linear map.
   *
   * @param weights from {@link Lanes#LEAD} on, panel after panel
   * @param bias {@code [lanes of all panels]}, zeros where there is none
   */
  record Packed(float[] weights, float[] bias) {}

  Panels(AffineWeights owner) {
    this.owner = owner;
    this.geometry = owner.geometry();
    int lanes = 0;
    for (int group = 0; group < geometry.groups(); group++) {
      int firstOfGroup = group * geometry.outputsOfGroup();
      for (Columns columns : Columns.of(geometry.outputsOfGroup())) {
        int channels = Math.min(columns.lanes(), geometry.outputsOfGroup() - columns.first());
        Panel panel =
            new Panel(group, firstOfGroup + columns.first(), channels, columns.lanes(), lanes);
        panels.add(panel);
        lanes += columns.lanes();
        for (int done = 0; done < channels; done += Lanes.LENGTH) {
          int count = Math.min(Lanes.LENGTH, channels - done);
          registers.add(new Register(panel, panel.first + done, count));
        }
      }
    }
    this.mean = packed(lanes);
    this.variance = owner.variance() == null ? null : packed(lanes);
  }

  private Packed packed(int lanes) {
    return new Packed(Lanes.array(lanes * geometry.fanIn()), new float[lanes]);
  }

  AffineWeights owner() {
    return owner;
  }

  List<Panel> panels() {
    return panels;
  }

  /** The map of means, or the only one. */
  Packed mean() {
    return mean;
  }

  /** The map of variances, or null where outputs are not sampled. */
  Packed variance() {
    return variance;
  }

  /** Where a panel's weights begin. */
  int at(Panel panel) {
    return Lanes.LEAD + panel.lane * geometry.fanIn();
  }

  /** The number of tasks of {@link #prepare}. */
  int tasks() {
    return registers.size() + (owner.hasBias() ? 1 : 0);
  }

  /** Reads or draws a part of the weights and packs them. */
  void prepare(int task, NoiseKey key, Use use, Scratch scratch) {
    Noise noise = owner.draws() ? key.of(owner.layer().index()) : null;
    if (task == registers.size()) {
      prepareBias(use, noise, scratch);
      return;
    }
    Register register = registers.get(task);
    int from = register.first * geometry.fanIn();
    int to = from + register.channels * geometry.fanIn();
    owner.weight().prepare(from, to, use, noise, 0, scratch);
    pack(register, scratch.location(), mean.weights);
    if (variance != null) {
      pack(register, scratch.variance(), variance.weights);
    }
  }

  private void pack(Register register, float[] values, float[] weights) {
    int fanIn = geometry.fanIn();
    int step = register.panel.lanes;
    int to = at(register.panel) + register.lane();
    int c = 0;
    for (; c + 4 <= register.channels; c += 4) {
      packFour(values, c * fanIn, fanIn, weights, to + c, step);
    }
    for (; c < register.channels; c++) {
      for (int t = 0; t < fanIn; t++) {
        weights[to + c + t * step] = values[c * fanIn + t];
      }
    }
  }

  /** Transposes four channels together, which takes half as long as one by one. */
  private static void packFour(float[] values, int from, int fanIn, float[] w, int to, int step) {
    int end = from + fanIn;
    for (int i = from, o = to; i < end; i++, o += step) {
      w[o] = values[i];
      w[o + 1] = values[i + fanIn];
      w[o + 2] = values[i + 2 * fanIn];
      w[o + 3] = values[i + 3 * fanIn];
    }
  }

  private void prepareBias(Use use, Noise noise, Scratch scratch) {
    PosteriorTensor bias = owner.bias();
    bias.prepare(0, bias.size(), use, noise, owner.weight().size(), scratch);
    for (Panel panel : panels) {
      System.arraycopy(scratch.location(), panel.first, mean.bias, panel.lane, panel.channels);
      if (variance != null) {
        System.arraycopy(
            scratch.variance(), panel.first, variance.bias, panel.lane, panel.channels);
      }
    }
  }
}

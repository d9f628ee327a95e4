package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.vector.Panels.Packed;
import io.github.posteriori.engine.vector.Panels.Panel;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.engine.vector.kernel.GemmKernel;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.engine.vector.kernel.NoiseLoops;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes an affine layer on one image, as {@link AffineOperation} does on a block: the weights
 * are the columns of a GEMM tile, and the rows are neighbouring output pixels, whose inputs are
 * broadcast. The image lies in a border of zeros, so that all pixels have the same terms.
 */
final class ImageAffine implements ImageOperation {
  private final ImageRun run;
  private final Panels panels;
  private final Geometry geometry;
  private final int pitch;
  private final int plane;
  private final List<Row> rows;
  private final int[] inputs;
  private final int[] wide;
  private final int[] narrow;
  private final long multiplyAdds;
  private final float[] bordered;
  private final float[] squares;
  private final float[] mean;
  private final float[] variance;
  private final float[] eps;
  private final float[] y;

  /**
   * Output pixels whose windows lie a stride apart.
   *
   * @param base offset of the first window
   * @param pixels numbers of the pixels, -1 where a window belongs to none
   */
  private record Row(int base, int[] pixels) {}

  ImageAffine(ImageRun run, Panels panels) {
    this.run = run;
    this.panels = panels;
    this.geometry = panels.owner().geometry();
    var in = geometry.input();
    var window = geometry.window();
    this.pitch = in.width() + 2 * window.paddingColumns();
    this.plane = (in.height() + 2 * window.paddingRows()) * pitch;
    this.rows = rows();
    this.inputs = inputs();
    this.wide = offsets(Lanes.FULL);
    this.narrow = offsets(Lanes.LENGTH);
    boolean draws = panels.variance() != null;
    this.multiplyAdds = (long) geometry.weights() * geometry.outputPixels() * (draws ? 2 : 1);
    this.bordered = plane == geometry.inputPixels() ? null : ImageRun.array(in.channels() * plane);
    int floats = geometry.output().size();
    this.squares = draws ? ImageRun.array(in.channels() * plane) : null;
    this.mean = ImageRun.array(floats);
    this.variance = draws ? ImageRun.array(floats) : null;
    this.eps = draws ? ImageRun.array(floats) : null;
    this.y = draws ? ImageRun.array(floats) : mean;
  }

  /** Rows of the output, or all of them in one where they are short. */
  private List<Row> rows() {
    var out = geometry.output();
    int step = geometry.window().strideRows() * pitch;
    int stride = geometry.window().strideColumns();
    int apart = step / stride;
    List<Row> all = new ArrayList<>();
    boolean isOne = step % stride == 0 && (out.height() - 1) * apart + out.width() <= Lanes.ROWS;
    for (int r = 0; r < (isOne ? 1 : out.height()); r++) {
      int[] pixels = new int[isOne ? (out.height() - 1) * apart + out.width() : out.width()];
      for (int i = 0; i < pixels.length; i++) {
        int row = isOne ? i / apart : r;
        int column = isOne ? i % apart : i;
        pixels[i] = column < out.width() ? row * out.width() + column : -1;
      }
      all.add(new Row(r * step, pixels));
    }
    return all;
  }

  /** Offsets of a window's inputs. */
  private int[] inputs() {
    var window = geometry.window();
    int[] offsets = new int[geometry.fanIn()];
    int t = 0;
    for (int channel = 0; channel < geometry.inputsOfGroup(); channel++) {
      for (int row = 0; row < window.rows(); row++) {
        for (int column = 0; column < window.columns(); column++) {
          offsets[t++] =
              channel * plane
                  + row * window.dilationRows() * pitch
                  + column * window.dilationColumns();
        }
      }
    }
    return offsets;
  }

  private int[] offsets(int lanes) {
    int[] offsets = new int[geometry.fanIn()];
    for (int t = 0; t < offsets.length; t++) {
      offsets[t] = t * lanes;
    }
    return offsets;
  }

  @Override
  public boolean draws() {
    return variance != null;
  }

  @Override
  public float[] forward(float[] x, boolean isKnown) {
    if (!isKnown) {
      multiply(bordered == null ? x : bordered(x));
    }
    if (variance != null) {
      run.noise(panels.owner().layer().index(), geometry.output().size(), eps);
      NoiseLoops.sample(mean, variance, 0, eps, 0, y, 0, y.length);
    }
    return y;
  }

  private float[] bordered(float[] x) {
    var in = geometry.input();
    var window = geometry.window();
    int inside = window.paddingRows() * pitch + window.paddingColumns();
    for (int channel = 0; channel < in.channels(); channel++) {
      for (int row = 0; row < in.height(); row++) {
        int from = (channel * in.height() + row) * in.width();
        int to = channel * plane + row * pitch + inside;
        System.arraycopy(x, from, bordered, to, in.width());
      }
    }
    return bordered;
  }

  private void multiply(float[] x) {
    if (variance != null) {
      Elementwise.square(x, 0, squares, 0, x.length);
    }
    int maps = variance == null ? 1 : 2;
    int tasks = maps * panels.panels().size();
    if (multiplyAdds < ImageByImage.LEAST_SHARED) {
      for (int task = 0; task < tasks; task++) {
        multiply(x, task, 0);
      }
    } else {
      run.workers().run(tasks, (task, worker) -> multiply(x, task, worker));
    }
  }

  /** Multiplies by one panel of one map. */
  private void multiply(float[] x, int task, int worker) {
    int count = panels.panels().size();
    Panel panel = panels.panels().get(task % count);
    if (task < count) {
      multiply(x, panels.mean(), panel, mean, run.tile(worker));
    } else {
      multiply(squares, panels.variance(), panel, variance, run.tile(worker));
    }
  }

  private void multiply(float[] x, Packed packed, Panel panel, float[] target, float[] tile) {
    int lanes = panel.lanes();
    int stride = geometry.window().strideColumns();
    int group = panel.group() * geometry.inputsOfGroup() * plane;
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      int together;
      for (int first = 0; first < row.pixels.length; first += together) {
        together = Lanes.tile(row.pixels.length - first);
        GemmKernel.run(
            lanes,
            together,
            packed.bias(),
            panel.lane(),
            0,
            Lanes.LENGTH,
            x,
            group + row.base + first * stride,
            stride,
            inputs,
            packed.weights(),
            panels.at(panel),
            lanes == Lanes.FULL ? wide : narrow,
            inputs.length,
            tile,
            0,
            lanes);
        scatter(tile, panel, row.pixels, first, together, target);
      }
    }
  }

  /** Transposes a tile of pixels and channels. */
  private void scatter(
      float[] tile, Panel panel, int[] pixels, int first, int count, float[] target) {
    int plane = geometry.outputPixels();
    for (int m = 0; m < count; m++) {
      int pixel = pixels[first + m];
      if (pixel >= 0) {
        spread(
            tile,
            m * panel.lanes(),
            target,
            panel.first() * plane + pixel,
            plane,
            panel.channels());
      }
    }
  }

  private static void spread(float[] from, int at, float[] to, int first, int step, int count) {
    for (int c = 0, o = first; c < count; c++, o += step) {
      to[o] = from[at + c];
    }
  }
}

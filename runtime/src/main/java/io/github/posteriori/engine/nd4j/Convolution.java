package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.Filters;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Two-dimensional cross-correlation, {@code y[o] = sum_i sum_rc W[o, i, r, c] x[i, stride row +
 * dilation r - padding, ...]}, with x {@code [batch, in, height, width]} and W {@code [out, in /
 * groups, rows, columns]}. Each group is a separate convolution, and dilated filters run as dense
 * ones with zeros between their taps, because the oneDNN build of ND4J M2.1 fails on dilation.
 */
final class Convolution implements LinearMap {
  private static final int NO_SAME_PADDING = 0;
  private static final int CHANNELS_FIRST = 0;
  private static final int WEIGHTS_OUT_IN_ROWS_COLUMNS = 1;

  private final int[] arguments;
  private final Window window;
  private final int groups;
  private final Shape.Image output;

  Convolution(ConvLayer layer) {
    this(layer.filters(), layer.output());
  }

  /** Creates the convolution by {@code filters}, but their number, to images of this shape. */
  Convolution(Filters filters, Shape.Image output) {
    this.window = filters.window();
    this.groups = filters.groups();
    this.output = output;
    this.arguments =
        new int[] {
          dilatedSize(window.rows(), window.dilationRows()),
          dilatedSize(window.columns(), window.dilationColumns()),
          window.strideRows(),
          window.strideColumns(),
          window.paddingRows(),
          window.paddingColumns(),
          1,
          1,
          NO_SAME_PADDING,
          CHANNELS_FIRST,
          WEIGHTS_OUT_IN_ROWS_COLUMNS
        };
  }

  @Override
  public INDArray apply(INDArray x, INDArray w, INDArray b) {
    INDArray dilated = dilated(w);
    if (groups == 1) {
      return convolve(x, dilated, b);
    }
    INDArray[] parts = new INDArray[groups];
    for (int g = 0; g < groups; g++) {
      parts[g] = convolve(channels(x, g), filters(dilated, g), b == null ? null : filters(b, g));
    }
    return Nd4j.concat(1, parts);
  }

  @Override
  public Gradients gradients(
      INDArray x, INDArray w, INDArray dy, boolean wantsInput, boolean wantsBias) {
    INDArray dilated = dilated(w);
    if (groups == 1) {
      Gradients all = derive(x, dilated, dy, wantsBias);
      return new Gradients(all.x(), gathered(all.w()), all.b());
    }
    INDArray[] dx = new INDArray[groups];
    INDArray[] dw = new INDArray[groups];
    INDArray[] db = new INDArray[groups];
    for (int g = 0; g < groups; g++) {
      Gradients part = derive(channels(x, g), filters(dilated, g), channels(dy, g), wantsBias);
      dx[g] = part.x();
      dw[g] = part.w();
      db[g] = part.b();
    }
    return new Gradients(
        Nd4j.concat(1, dx), gathered(Nd4j.concat(0, dw)), wantsBias ? Nd4j.concat(0, db) : null);
  }

  private INDArray convolve(INDArray x, INDArray w, INDArray b) {
    INDArray y =
        Nd4j.createUninitialized(
            x.dataType(), x.size(0), w.size(0), output.height(), output.width());
    DynamicCustomOp.DynamicCustomOpsBuilder op =
        DynamicCustomOp.builder("conv2d").addIntegerArguments(arguments).addOutputs(y);
    Nd4j.exec((b == null ? op.addInputs(x, w) : op.addInputs(x, w, b)).build());
    return y;
  }

  /** Runs ND4J's backward op, which always computes the gradient with respect to the input. */
  private Gradients derive(INDArray x, INDArray w, INDArray dy, boolean wantsBias) {
    INDArray dx = x.ulike();
    INDArray dw = w.ulike();
    DynamicCustomOp.DynamicCustomOpsBuilder op =
        DynamicCustomOp.builder("conv2d_bp").addIntegerArguments(arguments);
    if (!wantsBias) {
      Nd4j.exec(op.addInputs(x, w, dy).addOutputs(dx, dw).build());
      return new Gradients(dx, dw, null);
    }
    INDArray db = Nd4j.createUninitialized(w.dataType(), w.size(0));
    Nd4j.exec(op.addInputs(x, w, db, dy).addOutputs(dx, dw, db).build());
    return new Gradients(dx, dw, db);
  }

  /** Returns the filters with zeros between their taps. */
  private INDArray dilated(INDArray w) {
    if (!isDilated()) {
      return w;
    }
    INDArray dilated =
        Nd4j.zeros(
            w.dataType(),
            w.size(0),
            w.size(1),
            dilatedSize(window.rows(), window.dilationRows()),
            dilatedSize(window.columns(), window.dilationColumns()));
    taps(dilated).assign(w);
    return dilated;
  }

  /** Reverses {@link #dilated(INDArray)}. */
  private INDArray gathered(INDArray dilated) {
    return isDilated() ? taps(dilated).dup('c') : dilated;
  }

  private INDArray taps(INDArray dilated) {
    return dilated.get(
        NDArrayIndex.all(),
        NDArrayIndex.all(),
        NDArrayIndex.interval(0, dilationRows(), dilated.size(2)),
        NDArrayIndex.interval(0, dilationColumns(), dilated.size(3)));
  }

  private boolean isDilated() {
    return dilationRows() > 1 || dilationColumns() > 1;
  }

  private int dilationRows() {
    return dilation(window.rows(), window.dilationRows());
  }

  private int dilationColumns() {
    return dilation(window.columns(), window.dilationColumns());
  }

  /** Returns the dilation, which means nothing for a kernel of one tap. */
  private static int dilation(int kernel, int dilation) {
    return kernel == 1 ? 1 : dilation;
  }

  private static int dilatedSize(int kernel, int dilation) {
    return dilation * (kernel - 1) + 1;
  }

  private INDArray channels(INDArray x, int group) {
    return x.get(NDArrayIndex.all(), part(x.size(1), group)).dup('c');
  }

  private INDArray filters(INDArray w, int group) {
    return w.get(part(w.size(0), group)).dup('c');
  }

  private INDArrayIndex part(long size, int group) {
    return NDArrayIndex.interval(size / groups * group, size / groups * (group + 1));
  }
}

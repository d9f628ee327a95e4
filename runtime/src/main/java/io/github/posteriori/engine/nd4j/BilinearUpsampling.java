package io.github.posteriori.engine.nd4j;

import io.github.posteriori.layers.LinearTaps;
import io.github.posteriori.layers.UpsampleLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Bilinear upsampling, {@code Y = R X C'} of each channel, with the interpolations R of rows and C
 * of columns as matrices; {@code dX = R' dY C}.
 */
final class BilinearUpsampling implements Operation {
  private final UpsampleLayer layer;

  BilinearUpsampling(UpsampleLayer layer) {
    this.layer = layer;
  }

  @Override
  public INDArray forward(INDArray x) {
    DataType type = x.dataType();
    INDArray rows = matrix(layer.rowTaps(), layer.input().height(), type);
    INDArray columns = matrix(layer.columnTaps(), layer.input().width(), type);
    return product(rows, x, columns);
  }

  @Override
  public INDArray backward(INDArray dy, boolean wantsInput) {
    DataType type = dy.dataType();
    INDArray rows = matrix(layer.rowTaps(), layer.input().height(), type);
    INDArray columns = matrix(layer.columnTaps(), layer.input().width(), type);
    return product(rows.transpose(), dy, columns.transpose());
  }

  /** Returns {@code rows x columns'} of each channel. */
  private static INDArray product(INDArray rows, INDArray x, INDArray columns) {
    INDArray wide = lastSide(x, columns);
    return lastSide(wide.permute(0, 1, 3, 2), rows).permute(0, 1, 3, 2).dup('c');
  }

  /** Returns {@code x matrix'} along the last of four sides. */
  private static INDArray lastSide(INDArray x, INDArray matrix) {
    long[] shape = x.shape();
    INDArray flat = x.dup('c').reshape('c', shape[0] * shape[1] * shape[2], shape[3]);
    return flat.mmul(matrix.transpose())
        .dup('c')
        .reshape('c', shape[0], shape[1], shape[2], matrix.size(0));
  }

  private static INDArray matrix(LinearTaps taps, int inputs, DataType type) {
    double[][] shares = new double[taps.outputs()][inputs];
    for (int i = 0; i < shares.length; i++) {
      shares[i][taps.first()[i]] += 1 - taps.share()[i];
      shares[i][taps.second(i)] += taps.share()[i];
    }
    return Nd4j.createFromArray(shares).castTo(type);
  }
}

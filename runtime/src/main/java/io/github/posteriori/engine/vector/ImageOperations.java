package io.github.posteriori.engine.vector;

import io.github.posteriori.engine.nd4j.UserOperation;
import io.github.posteriori.engine.vector.kernel.ActivationLoops;
import io.github.posteriori.engine.vector.kernel.Elementwise;
import io.github.posteriori.layers.ActivationLayer;
import io.github.posteriori.layers.AddLayer;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.ConcatLayer;
import io.github.posteriori.layers.ConvLayer;
import io.github.posteriori.layers.ConvTransposeLayer;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.DropoutLayer;
import io.github.posteriori.layers.FlattenLayer;
import io.github.posteriori.layers.GlobalAvgPoolLayer;
import io.github.posteriori.layers.GroupNormLayer;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.LayerCases;
import io.github.posteriori.layers.LayerNormLayer;
import io.github.posteriori.layers.LinearLayer;
import io.github.posteriori.layers.LinearTaps;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.PoolLayer;
import io.github.posteriori.layers.ScaleAndShift;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.layers.UpsampleLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Creates the operations of layers on one image.
 *
 * @param run what they share
 * @param panels of the affine layers
 */
record ImageOperations(ImageRun run, NetworkPanels panels) implements LayerCases<ImageOperation> {

  /** Joins the outputs of several layers. */
  @FunctionalInterface
  interface Join {
    /** Returns y = x_1 + x_2 + ..., or y = [x_1, x_2, ...]. */
    float[] forward(float[][] x);
  }

  /**
   * Creates the operations of a chain of layers, each with one input. A max-pool may come before
   * the activation that it follows by declaration, which then takes the smaller image.
   */
  List<ImageOperation> of(List<NetworkLayer> layers) {
    List<ImageOperation> operations = new ArrayList<>();
    int size = layers.isEmpty() ? 0 : layers.get(0).input().size();
    for (NetworkLayer layer : layers) {
      if (layer instanceof ActivationLayer activation) {
        operations.add(activation(activation, size));
      } else {
        operations.add(layer.match(this));
        size = layer.output().size();
      }
    }
    return operations;
  }

  @Override
  public ImageOperation conv(ConvLayer layer) {
    return new ImageAffine(run, panels.of(layer));
  }

  @Override
  public ImageOperation convTranspose(ConvTransposeLayer layer) {
    throw new IllegalStateException(
        layer.name() + " is a transposed convolution, expected it in a network that runs in lanes");
  }

  @Override
  public ImageOperation linear(LinearLayer layer) {
    return new ImageAffine(run, panels.of(layer));
  }

  @Override
  public ImageOperation activation(ActivationLayer layer) {
    return activation(layer, layer.input().size());
  }

  private static ImageOperation activation(ActivationLayer layer, int size) {
    float[] y = ImageRun.array(size);
    return (x, isKnown) -> {
      ActivationLoops.run(layer.function(), x, 0, y, null, 0, y.length);
      return y;
    };
  }

  @Override
  public ImageOperation pool(PoolLayer layer) {
    return new ImagePool(layer);
  }

  @Override
  public ImageOperation globalAvgPool(GlobalAvgPoolLayer layer) {
    return new ImagePool(layer.asPool());
  }

  @Override
  public ImageOperation upsample(UpsampleLayer layer) {
    return switch (layer.interpolation()) {
      case NEAREST -> repeat(layer);
      case BILINEAR -> interpolate(layer);
    };
  }

  private static ImageOperation interpolate(UpsampleLayer layer) {
    LinearTaps rows = layer.rowTaps();
    LinearTaps columns = layer.columnTaps();
    Shape.Image in = layer.input();
    float[] y = ImageRun.array(layer.output().size());
    return (x, isKnown) -> {
      for (int i = 0; i < layer.output().size(); i++) {
        int column = i % columns.outputs();
        int row = i / columns.outputs() % rows.outputs();
        int channel = i / columns.outputs() / rows.outputs() * in.height();
        int above = (channel + rows.first()[row]) * in.width();
        int below = (channel + rows.second(row)) * in.width();
        float share = columns.share()[column];
        int left = columns.first()[column];
        int right = columns.second(column);
        float first = (1 - share) * x[above + left] + share * x[above + right];
        float second = (1 - share) * x[below + left] + share * x[below + right];
        y[i] = (1 - rows.share()[row]) * first + rows.share()[row] * second;
      }
      return y;
    };
  }

  private static ImageOperation repeat(UpsampleLayer layer) {
    Shape.Image in = layer.input();
    int longRow = layer.columns() * in.width();
    float[] y = ImageRun.array(layer.output().size());
    return (x, isKnown) -> {
      for (int row = 0; row < layer.output().size() / longRow; row++) {
        for (int i = 0; i < longRow; i++) {
          y[row * longRow + i] = x[row / layer.rows() * in.width() + i / layer.columns()];
        }
      }
      return y;
    };
  }

  @Override
  public ImageOperation layerNorm(LayerNormLayer layer) {
    return new ImageExampleNorm(layer);
  }

  @Override
  public ImageOperation groupNorm(GroupNormLayer layer) {
    return new ImageExampleNorm(layer);
  }

  @Override
  public ImageOperation flatten(FlattenLayer layer) {
    return (x, isKnown) -> x;
  }

  @Override
  public ImageOperation dropout(DropoutLayer layer) {
    return (x, isKnown) -> x;
  }

  @Override
  public ImageOperation add(AddLayer layer) {
    throw Operations.joins(layer);
  }

  @Override
  public ImageOperation concat(ConcatLayer layer) {
    throw Operations.joins(layer);
  }

  /** One affine map a channel, by the running statistics. */
  @Override
  public ImageOperation batchNorm(BatchNormLayer layer) {
    int size = layer.input().size();
    int channels = layer.scale().size();
    int pixels = size / channels;
    float[] y = ImageRun.array(size);
    return (x, isKnown) -> {
      ScaleAndShift map = ScaleAndShift.of(layer);
      for (int c = 0; c < channels; c++) {
        affine(x, c * pixels, (float) map.scales()[c], (float) map.shifts()[c], y, pixels);
      }
      return y;
    };
  }

  private static void affine(float[] x, int from, float a, float b, float[] y, int count) {
    for (int i = from; i < from + count; i++) {
      y[i] = Math.fma(a, x[i], b);
    }
  }

  @Override
  @SuppressWarnings("try") // a workspace scope works by being open
  public ImageOperation custom(CustomLayer layer) {
    UserOperation operation = new UserOperation(layer);
    Shape shape = layer.input();
    float[] y = ImageRun.array(layer.output().size());
    return (x, isKnown) -> {
      float[] image = Arrays.copyOf(x, shape.size());
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        var result = operation.forward(Nd4j.create(image, shape.batch(1), 'c'));
        System.arraycopy(result.dup('c').data().asFloat(), 0, y, 0, layer.output().size());
      }
      return y;
    };
  }

  /** Creates the operation of a layer that joins several inputs. */
  static Join joining(JoinLayer layer) {
    float[] y = ImageRun.array(layer.output().size());
    if (layer instanceof ConcatLayer concat) {
      return x -> {
        int at = 0;
        for (int i = 0; i < x.length; i++) {
          int size = concat.inputs().get(i).size();
          System.arraycopy(x[i], 0, y, at, size);
          at += size;
        }
        return y;
      };
    }
    return x -> {
      System.arraycopy(x[0], 0, y, 0, y.length);
      for (int i = 1; i < x.length; i++) {
        Elementwise.add(x[i], 0, y, 0, y.length);
      }
      return y;
    };
  }
}

package io.github.posteriori.golden;

import static io.github.posteriori.annotations.BayesModel.INPUT;
import static io.github.posteriori.annotations.Dim.FREE;

import io.github.posteriori.Layer;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.annotations.*;
import io.github.posteriori.layers.CustomLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All that is more than a straight line. */
class Wired {
  /** A residual block. */
  @BayesModel(channels = FREE, height = FREE, width = FREE)
  public static class Residual {
    @BayesConv(out = FREE, kernel = 3, padding = 1, bias = false)
    Layer conv1;

    @BatchNorm Layer bn1;

    @Activate Layer act1;

    @BayesConv(out = FREE, kernel = 3, padding = 1, bias = false)
    Layer conv2;

    @BatchNorm Layer bn2;

    @BayesConv(from = INPUT, out = FREE, kernel = 1)
    Layer shortcut;

    @Add({"bn2", "shortcut"})
    Layer sum;

    @Activate Layer act2;
  }

  /** A layer of the user's own: every pixel becomes two by two. */
  public record Enlarge(String name, Shape input) implements CustomLayer {
    @Override
    public Shape output() {
      Shape.Image image = (Shape.Image) input;
      return Shape.image(image.channels(), 2 * image.height(), 2 * image.width());
    }

    @Override
    public INDArray forward(INDArray x) {
      return x.repeat(2, 2).repeat(3, 2);
    }

    @Override
    public INDArray backward(INDArray x, INDArray y, INDArray dy) {
      long[] size = x.shape();
      return dy.reshape(size[0], size[1], size[2], 2, size[3], 2).sum(3, 5);
    }
  }

  /** A network with a fork, two blocks, a custom layer and a join of three. */
  @BayesModel(channels = FREE, height = 16, width = 16)
  @Prior(sigma = 0.3)
  public static class Net {
    @BayesConv(out = 8, kernel = 3, padding = 1)
    Layer conv1;

    @Activate Layer act1;

    @Block(out = 16)
    Residual block1;

    @Block(out = {FREE, 8, 8})
    Residual block2;

    @MaxPool(kernel = 2)
    Layer pool;

    @Custom(output = {"channels", "2 * height", "2 * width"})
    Enlarge enlarge;

    @Concat({"act1", "block1", "enlarge"})
    Layer cat;

    @AvgPool(kernel = 16)
    Layer mean;

    @Flatten Layer flatten;

    @Prior(sigma = 1)
    @BayesLinear(out = FREE)
    Layer fc;
  }
}

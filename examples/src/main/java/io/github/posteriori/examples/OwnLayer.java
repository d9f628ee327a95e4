package io.github.posteriori.examples;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.layers.CustomLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Shape;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer, y = max(x, 0) + slope min(x, 0), whose slope is learnt. It is the PReLU of He et al.
 * 2015, arXiv 1502.01852, with one slope for all channels.
 */
record LearntSlope(String name, Shape input, Parameter slope) implements CustomLayer {

  /** Called by the generated module. A parameter's name begins with its layer's. */
  LearntSlope(String name, Shape input) {
    this(name, input, Parameter.trained(name + ".slope", Nd4j.ones(1).muli(0.25)));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(slope);
  }

  @Override
  public INDArray forward(INDArray x) {
    INDArray negative = Transforms.min(x, 0);
    return x.add(negative.mul(slope.value().getFloat(0) - 1));
  }

  @Override
  public INDArray backward(INDArray x, INDArray y, INDArray dy) {
    slope.gradient().addi(dy.mul(Transforms.min(x, 0)).sumNumber());
    INDArray isNegative = x.lt(0).castTo(DataType.FLOAT);
    return dy.mul(isNegative.mul(slope.value().getFloat(0) - 1).add(1));
  }
}

/** A network with the layer: the field's type is the layer's class. */
@BayesModel(channels = 1, height = 32, width = 32)
class SlopeNet {
  @BayesConv(out = 16, kernel = 5, stride = 2)
  Layer conv;

  @Custom LearntSlope act;

  @MaxPool(kernel = 2)
  Layer pool;

  @Flatten Layer flatten;

  @BayesLinear(out = 10)
  Layer fc;
}

/**
 * Trains a network with a custom layer, whose parameter is learnt with the weights, on synthetic
 * digits.
 *
 * <pre>
 * OwnLayer [EPOCHS]
 * </pre>
 */
public final class OwnLayer {
  private OwnLayer() {}

  public static void main(String[] arguments) {
    int epochs = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
    Dataset train = Digits.digits(2000, 1);
    Dataset test = Digits.digits(500, 2);

    SlopeNetModule net = SlopeNetModule.create();
    Parameter slope = net.act().slope();
    System.out.printf(Locale.ROOT, "%s starts at %.3f%n", slope.name(), slope.value().getFloat(0));

    Trainer.of(net, TrainingOptions.defaults().withEpochs(epochs).withBatch(32)).fit(train);
    System.out.printf(
        Locale.ROOT, "%s was learnt to be %.3f%n", slope.name(), slope.value().getFloat(0));
    System.out.printf(
        Locale.ROOT,
        "accuracy %.3f on %d new digits%n",
        new Evaluator(net, 10, 100).evaluate(test).accuracy(),
        test.size());
  }
}

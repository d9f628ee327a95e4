package io.github.posteriori.examples;

import static io.github.posteriori.annotations.Dim.FREE;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import java.util.Locale;

/** A block: the output of two convolutions, added to that of a convolution with kernel 1. */
@BayesModel(channels = FREE, height = FREE, width = FREE)
class Residual {
  @BayesConv(out = FREE, kernel = 3, padding = 1, bias = false)
  Layer conv1;

  @BatchNorm Layer bn1;

  @Activate Layer act1;

  @BayesConv(out = FREE, kernel = 3, padding = 1, bias = false)
  Layer conv2;

  @BatchNorm Layer bn2;

  @BayesConv(from = "input", out = FREE, kernel = 1)
  Layer shortcut;

  @Add({"bn2", "shortcut"})
  Layer sum;

  @Activate Layer act2;
}

/** A network of blocks, whose channels, height and width are bound to those of their inputs. */
@BayesModel(channels = 1, height = 32, width = 32)
class ResidualNet {
  @BayesConv(out = 16, kernel = 5, stride = 2, padding = 2)
  Layer conv;

  @Activate Layer act;

  @MaxPool(kernel = 2)
  Layer pool1;

  @Block(out = 16) // for all free outputs of the block
  Residual block1;

  @MaxPool(kernel = 2)
  Layer pool2;

  @Block(out = 32)
  Residual block2;

  @Flatten Layer flatten;

  @BayesLinear(out = 10)
  Layer fc;
}

/**
 * Trains a residual network (He et al. 2015, arXiv 1512.03385) on synthetic digits.
 *
 * <pre>
 * ResidualNetwork [EPOCHS]
 * </pre>
 */
public final class ResidualNetwork {
  private ResidualNetwork() {}

  public static void main(String[] arguments) {
    int epochs = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    Dataset train = Digits.digits(2000, 1);
    Dataset test = Digits.digits(500, 2);

    ResidualNetModule net = ResidualNetModule.create();
    net.layers().forEach(layer -> System.out.println(layer.name() + " " + layer.output()));
    System.out.println(
        "block2 alone: " + net.block2().inputShape() + " -> " + net.block2().outputShape());

    Trainer.of(net, TrainingOptions.defaults().withEpochs(epochs).withBatch(32)).fit(train);
    System.out.printf(
        Locale.ROOT,
        "accuracy %.3f on %d new digits%n",
        new Evaluator(net, 10, 100).evaluate(test).accuracy(),
        test.size());
  }
}

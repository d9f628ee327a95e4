package io.github.posteriori.examples;

import static io.github.posteriori.annotations.Dim.FREE;

import io.github.posteriori.*;
import io.github.posteriori.annotations.*;
import io.github.posteriori.data.*;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.uncertainty.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network for colour pictures of 32 x 32 pixels, with a class for each folder. */
@BayesModel(channels = 3, height = 32, width = 32)
class PictureNet {
  @BayesConv(out = 16, kernel = 5, stride = 2, padding = 2)
  Layer conv1;

  @Activate Layer act1;

  @MaxPool(kernel = 2)
  Layer pool1;

  @BayesConv(out = 32, kernel = 3, padding = 1)
  Layer conv2;

  @Activate Layer act2;

  @MaxPool(kernel = 2)
  Layer pool2;

  @Flatten Layer flatten;

  @BayesLinear(out = FREE)
  Layer fc;
}

/**
 * Trains your own network on your own pictures.
 *
 * <pre>
 * OwnPictures                              draws digits into a folder and learns from that
 * OwnPictures PICTURES MODEL PICTURE...    learns from PICTURES, a sub-folder of picture files for
 *                                          each class, keeps the network in the folder MODEL, and
 *                                          says what each PICTURE is
 * </pre>
 */
public final class OwnPictures {
  static final Shape.Image SHAPE = Shape.image(3, 32, 32);

  private OwnPictures() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> paths =
        arguments.length == 0 ? DrawnPictures.write() : Stream.of(arguments).map(Path::of).toList();
    if (paths.size() < 2) {
      throw new IllegalArgumentException(
          "found 1 argument, expected PICTURES MODEL PICTURE..., or none: name a folder to keep the"
              + " network in");
    }
    train(paths.get(0), paths.get(1));
    predict(paths.get(1), paths.subList(2, paths.size()));
  }

  /** Trains on the folder {@code pictures} and saves the network in {@code model}. */
  static void train(Path pictures, Path model) throws IOException {
    PictureFolder folder = PictureFolder.colour(pictures, SHAPE.height(), SHAPE.width());
    Split split = folder.split(0.2, 1); // a fifth is held out, chosen by seed 1
    PictureNetModule net = PictureNetModule.create(folder.classes());
    System.out.printf(
        Locale.ROOT,
        "learning from %d pictures of %d classes%n",
        split.train().size(),
        folder.classes());
    Trainer.of(net, TrainingOptions.defaults().withEpochs(8).withBatch(32)).fit(split.train());
    Metrics metrics = new Evaluator(net, 25, 100).evaluate(split.valid());
    System.out.printf(
        Locale.ROOT,
        "%d pictures held out: accuracy %.3f, NLL %.3f, ECE %.3f%n",
        split.valid().size(),
        metrics.accuracy(),
        metrics.nll(),
        metrics.ece());

    Files.createDirectories(model);
    net.save(model.resolve("net.safetensors"));
    System.out.println("kept in " + model);
  }

  /** Prints the predicted class of each picture and its uncertainty, or why it cannot be read. */
  private static void predict(Path model, List<Path> pictures) {
    PictureNetModule net = PictureNetModule.load(model.resolve("net.safetensors"));
    for (Path picture : pictures) {
      float[] pixels;
      try {
        pixels = Picture.read(picture, SHAPE);
      } catch (DataException e) {
        System.err.println(e.getMessage());
        continue;
      }
      INDArray image = Nd4j.create(pixels, SHAPE.batch(1), 'c');
      Prediction prediction = net.predict(image, 25); // 25 posterior samples
      int predicted = prediction.classes()[0];
      System.out.printf(
          Locale.ROOT,
          "%s: %s, probability %.3f, epistemic %.4f, aleatoric %.4f%n",
          picture.getFileName(),
          net.classNames().get(predicted),
          prediction.probabilities().getDouble(0, predicted),
          prediction.epistemic().sumNumber().doubleValue(),
          prediction.aleatoric().sumNumber().doubleValue());
    }
  }
}

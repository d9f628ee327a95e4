package io.github.posteriori.examples.run;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Digits;
import io.github.posteriori.data.MnistFolder;
import java.nio.file.Path;
import java.util.Locale;

/** The data sets by name, each in a training and a test part. */
public enum ShippedSet {
  /** Digits drawn by the program. */
  DIGITS {
    @Override
    Dataset read(Part part, Path data, long seed) {
      return Digits.digits(drawn(part), seed + part.ordinal());
    }
  },
  /** Letters drawn by the program, the twin of {@link #DIGITS} outside its distribution. */
  LETTERS {
    @Override
    Dataset read(Part part, Path data, long seed) {
      return Digits.letters(drawn(part), seed + part.ordinal());
    }
  },
  /** MNIST. */
  MNIST {
    @Override
    Dataset read(Part part, Path data, long seed) {
      return part == Part.TRAIN ? MnistFolder.MNIST.train(data) : MnistFolder.MNIST.test(data);
    }
  },
  /** Fashion-MNIST. */
  FASHION {
    @Override
    Dataset read(Part part, Path data, long seed) {
      return part == Part.TRAIN ? MnistFolder.FASHION.train(data) : MnistFolder.FASHION.test(data);
    }
  },
  /** notMNIST; usually only its test part is around. */
  NOTMNIST {
    @Override
    Dataset read(Part part, Path data, long seed) {
      return part == Part.TRAIN ? MnistFolder.NOT_MNIST.train(data) : MnistFolder.NOT_MNIST.test(data);
    }
  };

  /** The seed that names the drawn sets, so that a run's own seed does not change its data. */
  private static final long DRAWN_SEED = 20_000;

  private static final int DRAWN_TRAINING_IMAGES = 20_000;
  private static final int DRAWN_TEST_IMAGES = 4_000;

  /** Which images of a set. */
  private enum Part {
    TRAIN,
    TEST
  }

  abstract Dataset read(Part part, Path data, long seed);

  /** The images to learn from. */
  public Dataset train(Path data) {
    return read(Part.TRAIN, data, DRAWN_SEED);
  }

  /** The images to measure on. */
  public Dataset test(Path data) {
    return read(Part.TEST, data, DRAWN_SEED);
  }

  private static int drawn(Part part) {
    return part == Part.TRAIN ? DRAWN_TRAINING_IMAGES : DRAWN_TEST_IMAGES;
  }

  /** The set of that name. */
  public static ShippedSet named(String name) {
    return Names.find("dataset", name, values());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

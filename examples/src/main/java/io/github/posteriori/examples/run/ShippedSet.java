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
    Dataset read(Part part, Path data) {
      return Digits.digits(part.drawn, part.seed);
    }
  },
  /** Letters drawn by the program, the twin of {@link #DIGITS} outside its distribution. */
  LETTERS {
    @Override
    Dataset read(Part part, Path data) {
      return Digits.letters(part.drawn, part.seed);
    }
  },
  /** MNIST. */
  MNIST {
    @Override
    Dataset read(Part part, Path data) {
      return part == Part.TRAIN ? MnistFolder.MNIST.train(data) : MnistFolder.MNIST.test(data);
    }
  },
  /** Fashion-MNIST. */
  FASHION {
    @Override
    Dataset read(Part part, Path data) {
      return part == Part.TRAIN ? MnistFolder.FASHION.train(data) : MnistFolder.FASHION.test(data);
    }
  },
  /** notMNIST; usually only its test part is around. */
  NOTMNIST {
    @Override
    Dataset read(Part part, Path data) {
      return part == Part.TRAIN
          ? MnistFolder.NOT_MNIST.train(data)
          : MnistFolder.NOT_MNIST.test(data);
    }
  };

  /** Which images of a set. */
  private enum Part {
    TRAIN(20_000, 20_000),
    TEST(4_000, 20_001);

    /** How many images are drawn. */
    private final int drawn;

    /** Names the drawn set, so that a run's own seed does not change its data. */
    private final long seed;

    Part(int drawn, long seed) {
      this.drawn = drawn;
      this.seed = seed;
    }
  }

  abstract Dataset read(Part part, Path data);

  /** The images to learn from. */
  public Dataset train(Path data) {
    return read(Part.TRAIN, data);
  }

  /** The images to measure on. */
  public Dataset test(Path data) {
    return read(Part.TEST, data);
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

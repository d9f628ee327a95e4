package io.github.posteriori.cli;

import io.github.posteriori.Evaluator;
import io.github.posteriori.cli.figures.MeasuredNumbers;
import io.github.posteriori.cli.figures.MeasuredSet;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.data.Dataset;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far through a set a measurement is: a bar on a terminal, a line at the end elsewhere.
 */
final class ImageProgress implements AutoCloseable {
  private final Dataset dataset;
  private final PrintStream out;
  private final ProgressBar bar;
  private final long start = System.nanoTime();
  private int images;

  /**
   * Shows the images of {@code dataset}.
   *
   * @param terminal whether a person watches {@code out}
   */
  ImageProgress(Dataset dataset, boolean terminal, PrintStream out) {
    this.dataset = dataset;
    this.out = out;
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(dataset.name())
                .setInitialMax(dataset.size())
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build()
            : null;
  }

  /** Predicts every image of a set, which is shown on standard error while it goes on. */
  static MeasuredSet measure(Evaluator evaluator, Dataset dataset) {
    try (ImageProgress progress =
        new ImageProgress(dataset, TrainingProgress.onTerminal(), System.err)) {
      return MeasuredSet.of(evaluator, dataset, progress::advance);
    }
  }

  /** Predicts the numbers of every example of a set, as {@link #measure} does. */
  static MeasuredNumbers measureNumbers(Evaluator evaluator, Dataset dataset) {
    try (ImageProgress progress =
        new ImageProgress(dataset, TrainingProgress.onTerminal(), System.err)) {
      return MeasuredNumbers.of(evaluator, dataset, progress::advance);
    }
  }

  /** Adds to the images that are done. */
  void advance(int count) {
    images += count;
    if (bar != null) {
      bar.stepBy(count);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    } else if (images == dataset.size()) {
      out.printf(
          Locale.ROOT,
          "%s: %s in %.1f s%n",
          dataset.name(),
          ExampleWord.count(dataset),
          (System.nanoTime() - start) * 1e-9);
    }
  }
}

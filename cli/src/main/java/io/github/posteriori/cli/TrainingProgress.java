package io.github.posteriori.cli;

import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingStep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a training: a bar with the remaining time on a terminal, and one line for each epoch
 * everywhere.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final int done;
  private final int epochs;
  private final boolean terminal;
  private final PrintStream out;
  private ProgressBar bar;
  private long steps;
  private long images;
  private double right;

  /**
   * Shows {@code epochs} epochs.
   *
   * @param done how many of them an earlier program has done
   * @param terminal whether a person watches {@code out}
   */
  TrainingProgress(int done, int epochs, boolean terminal, PrintStream out) {
    this.done = done;
    this.epochs = epochs;
    this.terminal = terminal;
    this.out = out;
  }

  /** Whether standard error is a terminal; the launcher knows, a JVM before 22 does not. */
  static boolean onTerminal() {
    return Boolean.getBoolean("posteriori.terminal");
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    this.steps = (long) steps * epochs;
    images = 0;
    right = 0;
    if (terminal && bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax(this.steps)
              .startsFrom((long) steps * done, Duration.ZERO)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(250)
              // One line that is written over, so that the epochs' lines may stand above it.
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
    }
  }

  @Override
  public void stepDone(TrainingStep.Report report) {
    images += report.images();
    right += report.right();
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(
          String.format(
              Locale.ROOT,
              " loss %.0f  KL %.0f  accuracy %.2f %%",
              report.loss(),
              report.kl(),
              100 * right / images));
    }
  }

  @Override
  public void epochDone(EpochReport report) {
    String valid =
        report
            .valid()
            .map(
                v ->
                    String.format(
                        Locale.ROOT,
                        "  valid NLL %.4f accuracy %.2f %%%s",
                        v.nll(),
                        100 * v.accuracy(),
                        v.best() ? " *" : ""))
            .orElse("");
    int ahead = report.stopsEarly() ? 0 : epochs - report.epoch();
    double remaining = report.seconds() / report.epoch() * ahead;
    out.printf(
        Locale.ROOT,
        "%sepoch %d/%d  loss %.0f  NLL %.4f  KL %.0f  accuracy %.2f %%%s  %s left%n",
        bar == null ? "" : "\r\033[K",
        report.epoch(),
        epochs,
        report.loss(),
        report.nll(),
        report.kl(),
        100 * report.accuracy(),
        valid,
        minutes(remaining));
  }

  private static String minutes(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

package io.github.posteriori.cli;

import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.Score;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingListener;
import io.github.posteriori.train.TrainingStep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Shows a training: a bar with the remaining time on a terminal, and one line for each epoch
 * everywhere.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final String WARMING_UP = "warming up";

  private final int done;
  private final int epochs;
  private final boolean terminal;
  private final Likelihood likelihood;
  private final ShownScore shown;
  private final PrintStream out;
  private final Pace pace = new Pace();
  private ProgressBar bar;
  private int epoch;
  private long stepsLeft;
  private int images;
  private double scores;
  private String figures = "";

  /**
   * Shows {@code epochs} epochs.
   *
   * @param done how many of them an earlier program has done
   * @param likelihood scores the predictions
   * @param terminal whether a person watches {@code out}
   */
  TrainingProgress(int done, int epochs, Likelihood likelihood, boolean terminal, PrintStream out) {
    this.done = done;
    this.epochs = epochs;
    this.likelihood = likelihood;
    this.shown = ShownScore.of(likelihood.score(0, 1));
    this.terminal = terminal;
    this.out = out;
  }

  /** Tells whether standard error is a terminal; the launcher knows, a JVM before 22 does not. */
  static boolean onTerminal() {
    return Boolean.getBoolean("posteriori.terminal");
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    pace.epochStarted(System.nanoTime());
    this.epoch = epoch;
    stepsLeft = (long) steps * (epochs - epoch + 1);
    images = 0;
    scores = 0;
    if (terminal && bar == null) {
      bar =
          new ProgressBarBuilder()
              .setInitialMax((long) steps * epochs)
              .startsFrom((long) steps * done, Duration.ZERO)
              .setRenderer(
                  (state, columns) ->
                      ProgressLine.of(
                          (double) state.getCurrent() / state.getMax(),
                          state.getExtraMessage(),
                          columns))
              .setUpdateIntervalMillis(250)
              // One line that is written over, so that the epochs' lines may stand above it.
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
      bar.setExtraMessage(WARMING_UP);
    }
  }

  @Override
  public void stepDone(TrainingStep.Report report) {
    pace.stepDone(System.nanoTime());
    stepsLeft--;
    images += report.images();
    scores += report.score();
    if (bar != null) {
      bar.step();
      figures =
          String.format(
              Locale.ROOT,
              "  loss %.0f  KL %.0f  %s",
              report.loss(),
              report.kl(),
              text(likelihood.score(scores, images)));
      bar.setExtraMessage(left(epochs - epoch + 1).orElse(WARMING_UP) + figures);
    }
  }

  @Override
  public void epochDone(EpochReport report) {
    pace.epochDone(System.nanoTime());
    String valid =
        report
            .valid()
            .map(
                v ->
                    String.format(
                        Locale.ROOT,
                        "  valid NLL %.4f %s%s",
                        v.nll(),
                        text(v.score()),
                        v.best() ? " *" : ""))
            .orElse("");
    stepsLeft = report.stopsEarly() ? 0 : stepsLeft;
    Optional<String> left = left(report.stopsEarly() ? 0 : epochs - epoch);
    out.printf(
        Locale.ROOT,
        "%sepoch %d/%d  loss %.0f  NLL %.4f  KL %.0f  %s%s%s%n",
        bar == null ? "" : "\r\033[K",
        report.epoch(),
        epochs,
        report.loss(),
        report.nll(),
        report.kl(),
        text(report.score()),
        valid,
        left.map(time -> "  " + time).orElse(""));
    if (bar != null) {
      bar.setExtraMessage(left.orElse(WARMING_UP) + figures);
    }
  }

  private String text(Score score) {
    return shown.word() + " " + shown.text(score.value());
  }

  /** Words the remaining time, once it can be told. */
  private Optional<String> left(int pauses) {
    return pace.remaining(stepsLeft, pauses).map(TrainingProgress::left);
  }

  static String left(Duration time) {
    long seconds = Math.round(time.toMillis() * 1e-3);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

package io.github.posteriori.cli.figures;

import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.uncertainty.Detection;
import io.github.posteriori.uncertainty.OutlierScore;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;

/**
 * Picture of how each score that tells images inside from those outside is distributed over the
 * images of both sets, as shares of a set, and how well it tells them apart.
 */
record HistogramsPicture(Comparison comparison) {
  private static final int WIDTH = 1160;
  private static final int HEIGHT = 840;

  private static final int MARGIN = 48;
  private static final int TOP = 195;
  private static final int ROW = 320;
  private static final int COLUMN = (WIDTH - 2 * MARGIN) / 2;

  void writeTo(OutputStream out) throws IOException {
    new Canvas(WIDTH, HEIGHT).write(out, this::draw);
  }

  private void draw(Graphics2D graphics) {
    drawHeader(graphics);
    Map<OutlierScore, Detection> detections = comparison.detections();
    for (OutlierScore score : OutlierScore.values()) {
      drawScore(graphics, score, detections.get(score));
    }
    drawFooter(graphics);
  }

  private void drawHeader(Graphics2D graphics) {
    new Words(graphics, MARGIN, 58).write(Ink.TITLE, Ink.TEXT, comparison.network());
    new Words(graphics, MARGIN, 92)
        .write(Ink.HEADING, Ink.IN, in().dataset().name())
        .write(Ink.BODY, Ink.QUIET, count(in()) + " in distribution      ")
        .write(Ink.HEADING, Ink.OOD, ood().dataset().name())
        .write(Ink.BODY, Ink.QUIET, count(ood()) + " out of distribution      ")
        .write(Ink.BODY, Ink.QUIET, samples());
  }

  private static String count(MeasuredSet set) {
    return String.format(
        Locale.ROOT, ", %,d %s,", set.images().size(), ExampleWord.of(set.dataset()).plural());
  }

  private String samples() {
    return comparison.samples() == 1 ? "one pass" : comparison.samples() + " posterior samples";
  }

  private void drawScore(Graphics2D graphics, OutlierScore score, Detection detection) {
    Rectangle area = plotArea(score.ordinal() % 2, score.ordinal() / 2);
    new Words(graphics, area.x, area.y - 34)
        .write(Ink.HEADING, Ink.TEXT, ScoreNames.of(score))
        .write(
            Ink.BODY,
            Ink.QUIET,
            String.format(
                Locale.ROOT,
                "   AUROC %.3f, AUPR %.3f, FPR95 %.3f",
                detection.auroc(),
                detection.aupr(),
                detection.fpr95()));
    new Histograms(in().scores().get(score), ood().scores().get(score), ScoreNames.unit(score))
        .draw(graphics, area);
  }

  private static void drawFooter(Graphics2D graphics) {
    new Words(graphics, MARGIN, HEIGHT - 26)
        .write(
            Ink.TICK,
            Ink.QUIET,
            "Heights are shares of the examples of each set. AUPR takes the outside as positive;"
                + " FPR95 is the share of the inside above the threshold that catches 95 % of the"
                + " outside.");
  }

  /** Returns the area within the axes of a plot. */
  private static Rectangle plotArea(int column, int row) {
    return new Rectangle(MARGIN + column * COLUMN + 52, TOP + row * ROW, COLUMN - 76, 190);
  }

  private MeasuredSet in() {
    return comparison.in();
  }

  private MeasuredSet ood() {
    return comparison.ood();
  }
}

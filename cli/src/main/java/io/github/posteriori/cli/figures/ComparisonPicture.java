package io.github.posteriori.cli.figures;

import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.uncertainty.Normalisation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * A comparison in one picture. A column for each kind of uncertainty under each normalisation; a
 * row for a typical image of each set, class by class, and one for the sets as wholes.
 */
record ComparisonPicture(Comparison comparison) {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 960;

  private static final int MARGIN = 48;
  private static final int TITLES = 133;
  private static final int TOP = 175;
  private static final int ROW = 250;
  private static final int FIRST_COLUMN = MARGIN + 220;
  private static final int COLUMN = (WIDTH - MARGIN - FIRST_COLUMN) / 4;

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("epistemic", Normalisation.SOFTMAX, Decomposition::epistemic),
          new Measure("aleatoric", Normalisation.SOFTMAX, Decomposition::aleatoric),
          new Measure("epistemic", Normalisation.SOFTPLUS, Decomposition::epistemic),
          new Measure("aleatoric", Normalisation.SOFTPLUS, Decomposition::aleatoric));

  /** Measure that a column shows. */
  private record Measure(
      String kind, Normalisation normalisation, Function<Decomposition, double[]> values) {

    /** Takes the measure of each class. */
    double[] of(ImageUncertainty image) {
      return values.apply(image.decompositions().get(normalisation));
    }

    /** Takes the measure of each image, summed over classes. */
    double[] of(MeasuredSet set) {
      return set.images().stream().mapToDouble(image -> Arrays.stream(of(image)).sum()).toArray();
    }
  }

  void writeTo(OutputStream out) throws IOException {
    new Canvas(WIDTH, HEIGHT).write(out, this::draw);
  }

  private void draw(Graphics2D graphics) {
    drawHeader(graphics);
    drawImages(graphics);
    drawSets(graphics);
    drawFooter(graphics);
  }

  private void drawHeader(Graphics2D graphics) {
    new Words(graphics, MARGIN, 58)
        .write(Ink.TITLE, Ink.TEXT, comparison.network() + ":  ")
        .write(Ink.TITLE, Ink.IN, in().dataset().name())
        .write(Ink.TITLE, Ink.TEXT, " in,  ")
        .write(Ink.TITLE, Ink.OOD, ood().dataset().name())
        .write(Ink.TITLE, Ink.TEXT, " out of distribution");
    int samples = comparison.samples();
    new Words(graphics, MARGIN, 88)
        .write(
            Ink.HEADING,
            Ink.TEXT,
            String.format(Locale.ROOT, "AUROC by predictive entropy %.3f", comparison.auroc()))
        .write(
            Ink.BODY,
            Ink.QUIET,
            samples == 1 ? "     one pass" : "     " + samples + " posterior samples");
    for (int i = 0; i < MEASURES.size(); i++) {
      Measure measure = MEASURES.get(i);
      new Words(graphics, plotArea(i, 0).x, TITLES)
          .write(Ink.HEADING, Ink.TEXT, measure.kind())
          .write(
              Ink.BODY, Ink.QUIET, "  " + measure.normalisation().name().toLowerCase(Locale.ROOT));
    }
  }

  private void drawImages(Graphics2D graphics) {
    new Words(graphics, MARGIN, TITLES).write(Ink.HEADING, Ink.TEXT, "A typical image");
    List<String> classes = in().dataset().classNames();
    ImageUncertainty inside = in().typical();
    ImageUncertainty outside = ood().typical();
    new ImageCard(in().dataset(), inside, classes, Ink.IN).draw(graphics, MARGIN + 2, TOP);
    new ImageCard(ood().dataset(), outside, classes, Ink.OOD).draw(graphics, MARGIN + 2, TOP + ROW);
    for (int i = 0; i < MEASURES.size(); i++) {
      double[] valuesIn = MEASURES.get(i).of(inside);
      double[] valuesOod = MEASURES.get(i).of(outside);
      Scale y =
          Scale.linear(
              DoubleStream.concat(Arrays.stream(valuesIn), Arrays.stream(valuesOod))
                  .max()
                  .orElseThrow());
      new ClassBars(classes, valuesIn, Ink.IN, y).draw(graphics, plotArea(i, 0));
      new ClassBars(classes, valuesOod, Ink.OOD, y).draw(graphics, plotArea(i, 1));
    }
  }

  private void drawSets(Graphics2D graphics) {
    int line = TOP + 2 * ROW + 20;
    new Words(graphics, MARGIN, line)
        .write(Ink.HEADING, Ink.TEXT, "All " + ExampleWord.of(in().dataset()).plural());
    drawCount(graphics, line + 32, in(), Ink.IN);
    drawCount(graphics, line + 56, ood(), Ink.OOD);
    for (int i = 0; i < MEASURES.size(); i++) {
      new Histograms(MEASURES.get(i).of(in()), MEASURES.get(i).of(ood()), "sum over classes")
          .draw(graphics, plotArea(i, 2));
    }
  }

  private static void drawCount(Graphics2D graphics, int line, MeasuredSet set, Color color) {
    new Words(graphics, MARGIN, line)
        .square(color)
        .write(Ink.LABEL, color, set.dataset().name())
        .write(
            Ink.BODY,
            Ink.QUIET,
            String.format(
                Locale.ROOT,
                ", %,d %s",
                set.images().size(),
                ExampleWord.of(set.dataset()).plural()));
  }

  private static void drawFooter(Graphics2D graphics) {
    new Words(graphics, MARGIN, HEIGHT - 38)
        .write(
            Ink.TICK,
            Ink.QUIET,
            "Epistemic: variance of the probabilities p over posterior samples, which more data"
                + " would remove. Aleatoric: mean of p (1 - p), which lies in the data (Kwon et al."
                + " 2018).");
    new Words(graphics, MARGIN, HEIGHT - 20)
        .write(
            Ink.TICK,
            Ink.QUIET,
            "Probabilities by softmax, or normalized: softplus(logits) over their sum. The examples"
                + " shown are those of median predictive entropy.");
  }

  /** Returns the area within the axes of a plot. */
  private static Rectangle plotArea(int column, int row) {
    return new Rectangle(FIRST_COLUMN + column * COLUMN + 52, TOP + row * ROW, COLUMN - 66, 170);
  }

  private MeasuredSet in() {
    return comparison.in();
  }

  private MeasuredSet ood() {
    return comparison.ood();
  }
}

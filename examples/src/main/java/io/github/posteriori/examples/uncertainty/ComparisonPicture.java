package io.github.posteriori.examples.uncertainty;

import io.github.posteriori.uncertainty.Normalisation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A comparison in one picture: for a typical image of each set both uncertainties class by class,
 * and how they are distributed over the sets.
 */
record ComparisonPicture(Comparison comparison) {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 1120;

  /** Dots for each unit above, so that small print is sharp. */
  private static final int RESOLUTION = 2;

  private static final int MARGIN = 48;
  private static final int CARD_WIDTH = 230;
  private static final int ROW_HEIGHT = 240;

  void writeTo(OutputStream out) throws IOException {
    BufferedImage picture =
        new BufferedImage(RESOLUTION * WIDTH, RESOLUTION * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.scale(RESOLUTION, RESOLUTION);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    drawHeader(graphics);
    drawImages(graphics, 150);
    drawSets(graphics, 150 + 2 * ROW_HEIGHT + 60);
    drawFooter(graphics);
    graphics.dispose();
    ImageIO.write(picture, "png", out);
  }

  private void drawHeader(Graphics2D graphics) {
    new Words(graphics, MARGIN, 60)
        .write(Ink.TITLE, Ink.TEXT, comparison.network() + ":  ")
        .write(Ink.TITLE, Ink.Hue.IN.dark(), in().dataset().name())
        .write(Ink.TITLE, Ink.TEXT, " in,  ")
        .write(Ink.TITLE, Ink.Hue.OOD.dark(), ood().dataset().name())
        .write(Ink.TITLE, Ink.TEXT, " out of distribution");
    new Words(graphics, MARGIN, 90)
        .write(
            Ink.HEADING,
            Ink.TEXT,
            String.format(Locale.ROOT, "AUROC by predictive entropy %.3f", comparison.auroc()))
        .write(
            Ink.BODY,
            Ink.QUIET,
            String.format(
                Locale.ROOT,
                "     %,d and %,d test images,  %d posterior sample%s of each",
                in().images().size(),
                ood().images().size(),
                comparison.samples(),
                comparison.samples() == 1 ? "" : "s"));
  }

  private void drawImages(Graphics2D graphics, int top) {
    new Words(graphics, MARGIN, top - 16)
        .write(Ink.HEADING, Ink.TEXT, "A typical image of each set")
        .write(Ink.BODY, Ink.QUIET, "   (of median entropy), class by class");
    ImageUncertainty inside = in().typical();
    ImageUncertainty outside = ood().typical();
    Map<Normalisation, Scale> y =
        Normalisation.each(
            n ->
                Scale.linear(
                    Stream.of(inside, outside)
                        .map(image -> image.decompositions().get(n))
                        .flatMapToDouble(
                            d ->
                                DoubleStream.concat(
                                    Arrays.stream(d.epistemic()), Arrays.stream(d.aleatoric())))
                        .max()
                        .orElseThrow()));
    drawImage(graphics, top, in(), inside, Ink.Hue.IN, y);
    drawImage(graphics, top + ROW_HEIGHT + 10, ood(), outside, Ink.Hue.OOD, y);
  }

  private void drawImage(
      Graphics2D graphics,
      int top,
      MeasuredSet set,
      ImageUncertainty image,
      Ink.Hue hue,
      Map<Normalisation, Scale> y) {
    String classes = in().dataset().name();
    new ImageCard(set.dataset(), image, classes, hue)
        .draw(graphics, new Rectangle(MARGIN + 4, top + 4, CARD_WIDTH, ROW_HEIGHT));
    int width = (WIDTH - 2 * MARGIN - CARD_WIDTH) / Normalisation.values().length;
    for (Normalisation normalisation : Normalisation.values()) {
      int left = MARGIN + CARD_WIDTH + normalisation.ordinal() * width;
      new ClassBars(
              name(normalisation),
              classes,
              image.decompositions().get(normalisation),
              hue,
              y.get(normalisation))
          .draw(graphics, new Rectangle(left, top, width, ROW_HEIGHT));
    }
  }

  private void drawSets(Graphics2D graphics, int top) {
    new Words(graphics, MARGIN, top - 16)
        .write(Ink.HEADING, Ink.TEXT, "All images   ")
        .square(Ink.Hue.IN.dark())
        .write(Ink.BODY, Ink.TEXT, in().dataset().name() + "   ")
        .square(Ink.Hue.OOD.dark())
        .write(Ink.BODY, Ink.TEXT, ood().dataset().name());
    int width = (WIDTH - 2 * MARGIN) / 4;
    Rectangle bounds = new Rectangle(MARGIN, top, width, 320);
    for (Normalisation normalisation : Normalisation.values()) {
      drawHistograms(graphics, bounds, "epistemic", normalisation, Decomposition::totalEpistemic);
      bounds.x += width;
      drawHistograms(graphics, bounds, "aleatoric", normalisation, Decomposition::totalAleatoric);
      bounds.x += width;
    }
  }

  private void drawHistograms(
      Graphics2D graphics,
      Rectangle bounds,
      String kind,
      Normalisation normalisation,
      ToDoubleFunction<Decomposition> total) {
    new Histograms(
            kind + ", " + name(normalisation),
            values(in(), normalisation, total),
            values(ood(), normalisation, total))
        .draw(graphics, bounds);
  }

  private static double[] values(
      MeasuredSet set, Normalisation normalisation, ToDoubleFunction<Decomposition> total) {
    return set.images().stream()
        .map(image -> image.decompositions().get(normalisation))
        .mapToDouble(total)
        .toArray();
  }

  private static void drawFooter(Graphics2D graphics) {
    new Words(graphics, MARGIN, HEIGHT - 34)
        .write(
            Ink.TICK,
            Ink.QUIET,
            "Epistemic: variance of the predicted probabilities over posterior samples, which more"
                + " data would remove. Aleatoric: the mean of p (1 - p), which lies in the data"
                + " (Kwon et al. 2018).");
    new Words(graphics, MARGIN, HEIGHT - 16)
        .write(
            Ink.TICK,
            Ink.QUIET,
            "Probabilities p by softmax, or normalized: softplus(logits) over their sum.");
  }

  private static String name(Normalisation normalisation) {
    return normalisation.name().toLowerCase(Locale.ROOT);
  }

  private MeasuredSet in() {
    return comparison.in();
  }

  private MeasuredSet ood() {
    return comparison.ood();
  }
}

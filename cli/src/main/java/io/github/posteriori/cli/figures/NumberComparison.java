package io.github.posteriori.cli.figures;

import io.github.posteriori.cli.run.CsvCell;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.cli.run.PredictedNumber;
import io.github.posteriori.uncertainty.Detection;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A network's uncertainty of the numbers of a set like the one it learned from beside that of
 * another.
 *
 * @param network what to call the network
 * @param samples posterior samples of each example
 * @param in the set like the one it learned from
 * @param ood the set from outside that distribution
 */
public record NumberComparison(
    String network, int samples, MeasuredNumbers in, MeasuredNumbers ood) {
  private static final int WIDTH = 1160;
  private static final int HEIGHT = 500;
  private static final int MARGIN = 48;
  private static final int COLUMN = (WIDTH - 2 * MARGIN) / 2;
  private static final String UNIT = "standard deviations of the target";

  /** Measures how well the epistemic uncertainty tells the sets apart. */
  public Detection detection() {
    return Detection.of(in.epistemic(), ood.epistemic());
  }

  /** Draws how both uncertainties are distributed over the sets and says where the picture is. */
  public Path writePicture(OutputFolder folder) {
    return folder.write(name() + ".png", out -> new Canvas(WIDTH, HEIGHT).write(out, this::draw));
  }

  /**
   * Writes a CSV file and says where it is: {@code set, index, target, mean, epistemic_std,
   * aleatoric_std, lower_95, upper_95}, and of a calibrated network {@code lower_promised,
   * upper_promised}; with a row for each number of each example.
   */
  public Path writeTable(OutputFolder folder) {
    return folder.write(name() + ".csv", this::writeTo);
  }

  private String name() {
    return "uncertainty-" + in.dataset().name() + "-" + ood.dataset().name();
  }

  private void draw(Graphics2D graphics) {
    new Words(graphics, MARGIN, 58).write(Ink.TITLE, Ink.TEXT, network);
    new Words(graphics, MARGIN, 92)
        .write(Ink.HEADING, Ink.IN, in.dataset().name())
        .write(Ink.BODY, Ink.QUIET, count(in) + " in distribution      ")
        .write(Ink.HEADING, Ink.OOD, ood.dataset().name())
        .write(Ink.BODY, Ink.QUIET, count(ood) + " out of distribution      ")
        .write(Ink.BODY, Ink.QUIET, samples == 1 ? "one pass" : samples + " posterior samples");
    column(
        graphics,
        0,
        "epistemic uncertainty",
        String.format(Locale.ROOT, "   AUROC %.3f", detection().auroc()),
        new Histograms(in.epistemic(), ood.epistemic(), UNIT));
    column(
        graphics,
        1,
        "aleatoric uncertainty",
        "",
        new Histograms(in.aleatoric(), ood.aleatoric(), UNIT));
  }

  private static String count(MeasuredNumbers set) {
    return String.format(Locale.ROOT, ", %,d examples,", set.numbers().size());
  }

  private static void column(
      Graphics2D graphics, int column, String title, String more, Histograms histograms) {
    Rectangle area = new Rectangle(MARGIN + column * COLUMN + 52, 195, COLUMN - 76, 220);
    new Words(graphics, area.x, area.y - 34)
        .write(Ink.HEADING, Ink.TEXT, title)
        .write(Ink.BODY, Ink.QUIET, more);
    histograms.draw(graphics, area);
  }

  private void writeTo(OutputStream out) throws IOException {
    StringBuilder rows =
        new StringBuilder("set,index,target,")
            .append(PredictedNumber.columns(in.promises()))
            .append('\n');
    for (MeasuredNumbers set : List.of(in, ood)) {
      for (int i = 0; i < set.numbers().size(); i++) {
        for (int k = 0; k < set.targetNames().size(); k++) {
          PredictedNumber number = set.numbers().get(i).get(k);
          rows.append(CsvCell.of(set.dataset().name())).append(',').append(i).append(',');
          rows.append(CsvCell.of(set.targetNames().get(k))).append(',');
          rows.append(number.cells()).append('\n');
        }
      }
    }
    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
  }
}

package io.github.posteriori.cli.figures;

import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.uncertainty.Detection;
import io.github.posteriori.uncertainty.OutlierScore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A network's uncertainty of a set like the one it learned from beside that of another.
 *
 * @param network what to call the network
 * @param samples posterior samples that were averaged
 * @param in the set like the one it learned from
 * @param ood the set from outside that distribution
 */
public record Comparison(String network, int samples, MeasuredSet in, MeasuredSet ood) {

  /** Measures how well each score tells the sets apart. */
  public Map<OutlierScore, Detection> detections() {
    return OutlierScore.each(
        score -> Detection.of(in.scores().get(score), ood.scores().get(score)));
  }

  /** Measures how well predictive entropy tells the sets apart: 0.5 is chance, 1 perfect. */
  public double auroc() {
    return detections().get(OutlierScore.ENTROPY).auroc();
  }

  /** Draws the comparison into a PNG file and says where it is. */
  public Path writePicture(OutputFolder folder) {
    return folder.write(name() + ".png", new ComparisonPicture(this)::writeTo);
  }

  /** Draws how each score is distributed over the sets into a PNG file and says where it is. */
  public Path writeHistograms(OutputFolder folder) {
    return folder.write(name() + "-histograms.png", new HistogramsPicture(this)::writeTo);
  }

  /** Writes a CSV file with a row for each image and says where it is. */
  public Path writeTable(OutputFolder folder) {
    return folder.write(name() + ".csv", new UncertaintyTable(List.of(in, ood))::writeTo);
  }

  private String name() {
    return "uncertainty-" + in.dataset().name() + "-" + ood.dataset().name();
  }
}

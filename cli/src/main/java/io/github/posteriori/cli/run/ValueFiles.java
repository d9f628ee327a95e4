package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.uncertainty.ValueAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Predicted numbers of a set, in files: {@code predicted-observed.png}, {@code coverage.png}, for a
 * network of one feature {@code band.png}, and {@code predictions.csv}, which has the columns
 * {@code index, target, observed, mean, epistemic_std, aleatoric_std, lower_95, upper_95}, of a
 * calibrated network {@code lower_promised, upper_promised}, and a row for each number.
 *
 * @param module the network
 * @param answers one for each example, at least one, with one for each number
 * @param band what is predicted along the axis of the only feature, if there is one
 */
record ValueFiles(BayesModule module, List<List<ValueAnswer>> answers, Optional<Band> band) {

  /** Writes all of them, in place of those that are there already, and says where they are. */
  List<Path> write(OutputFolder folder) {
    List<String> targetNames = module.likelihood().targetNames();
    List<Path> files = new ArrayList<>();
    files.add(
        folder.write(
            "predicted-observed.png",
            ValuePictures.predictedAndObserved(targetNames, answers)::writeTo));
    files.add(
        folder.write(
            "coverage.png", ValuePictures.coverage(IntervalCoverage.of(answers))::writeTo));
    band.ifPresent(
        drawn -> files.add(folder.write("band.png", ValuePictures.band(drawn)::writeTo)));
    files.add(folder.write("predictions.csv", this::writeTable));
    return files;
  }

  private void writeTable(OutputStream out) throws IOException {
    List<String> targetNames = module.likelihood().targetNames();
    boolean promised = module.calibration().isPresent();
    StringBuilder rows =
        new StringBuilder("index,target,observed,")
            .append(PredictedNumber.columns(promised))
            .append('\n');
    for (int i = 0; i < answers.size(); i++) {
      List<ValueAnswer> each = answers.get(i);
      List<PredictedNumber> numbers =
          PredictedNumber.of(module, each.stream().map(ValueAnswer::predicted).toList());
      for (int k = 0; k < targetNames.size(); k++) {
        rows.append(i).append(',').append(CsvCell.of(targetNames.get(k))).append(',');
        // With all digits, so that every metric can be computed again from the file.
        rows.append(each.get(k).observed()).append(',');
        rows.append(numbers.get(k).cells()).append('\n');
      }
    }
    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
  }
}

package io.github.posteriori.cli.run;

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
 * {@code index, target, observed, mean, epistemic_std, aleatoric_std, lower_95, upper_95} and a row
 * for each number.
 *
 * @param targetNames of the numbers of an example
 * @param answers one for each example, at least one, with one for each number
 * @param band what is predicted along the axis of the only feature, if there is one
 */
record ValueFiles(List<String> targetNames, List<List<ValueAnswer>> answers, Optional<Band> band) {

  /** Writes all of them, in place of those that are there already, and says where they are. */
  List<Path> write(OutputFolder folder) {
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
    StringBuilder rows =
        new StringBuilder(
            "index,target,observed,mean,epistemic_std,aleatoric_std,lower_95,upper_95\n");
    for (int i = 0; i < answers.size(); i++) {
      for (int k = 0; k < targetNames.size(); k++) {
        ValueAnswer answer = answers.get(i).get(k);
        PredictedNumber number = PredictedNumber.of(answer.predicted());
        rows.append(i).append(',').append(CsvCell.of(targetNames.get(k)));
        // With all digits, so that every metric can be computed again from the file.
        rows.append(',').append(answer.observed()).append(',').append(number.mean());
        rows.append(',').append(number.epistemicStd()).append(',').append(number.aleatoricStd());
        rows.append(',').append(number.low()).append(',').append(number.high()).append('\n');
      }
    }
    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
  }
}

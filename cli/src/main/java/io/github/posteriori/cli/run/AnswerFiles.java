package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.Reliability;
import io.github.posteriori.uncertainty.RiskCoverage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Predictions of a network for a set, in files: {@code reliability.png}, {@code risk-coverage.png}
 * and {@code predictions.csv}, which has the columns {@code index, label, predicted, confidence,
 * correct} and a row for each image; label and prediction are names of classes.
 *
 * @param dataset what to call the set
 * @param classNames of the classes, by number
 * @param answers one for each image, at least one
 */
public record AnswerFiles(String dataset, List<String> classNames, List<Answer> answers) {

  /**
   * Writes all of them, in place of those that are there already.
   *
   * @return where they are
   * @throws RunFolderException when that fails
   */
  public List<Path> write(OutputFolder folder) {
    Reliability reliability = Reliability.ofEqualWidth(answers);
    RiskCoverage risk = RiskCoverage.of(answers);
    return List.of(
        folder.write("reliability.png", ReliabilityPicture.of(dataset, reliability)::writeTo),
        folder.write("risk-coverage.png", RiskCoveragePicture.of(dataset, risk)::writeTo),
        folder.write("predictions.csv", this::writeTable));
  }

  private void writeTable(OutputStream out) throws IOException {
    StringBuilder rows = new StringBuilder("index,label,predicted,confidence,correct\n");
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      // With all digits, so that every metric can be computed again from the file.
      rows.append(i).append(',').append(cell(answer.label()));
      rows.append(',').append(cell(answer.predicted()));
      rows.append(',').append(answer.confidence()).append(',').append(answer.right() ? 1 : 0);
      rows.append('\n');
    }
    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String cell(int category) {
    return CsvCell.of(classNames.get(category));
  }
}

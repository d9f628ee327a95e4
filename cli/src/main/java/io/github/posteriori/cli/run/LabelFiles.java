package io.github.posteriori.cli.run;

import io.github.posteriori.uncertainty.Answer;
import io.github.posteriori.uncertainty.LabelAnswer;
import io.github.posteriori.uncertainty.Reliability;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Predicted labels of a set, several at once, in files: {@code reliability.png}, of all labels
 * alike, and {@code predictions.csv}, which has the columns {@code index, label, holds,
 * probability} and a row for each label of each example.
 *
 * @param dataset what to call the set
 * @param labelNames the names of the labels
 * @param answers one for each example, at least one, with one for each label
 */
record LabelFiles(String dataset, List<String> labelNames, List<List<LabelAnswer>> answers) {

  /** Writes all of them, in place of those that are there already, and says where they are. */
  List<Path> write(OutputFolder folder) {
    List<Answer> each = answers.stream().flatMap(List::stream).map(LabelAnswer::asAnswer).toList();
    Reliability reliability = Reliability.ofEqualWidth(each);
    return List.of(
        folder.write("reliability.png", ReliabilityPicture.of(dataset, reliability)::writeTo),
        folder.write("predictions.csv", this::writeTable));
  }

  private void writeTable(OutputStream out) throws IOException {
    StringBuilder rows = new StringBuilder("index,label,holds,probability\n");
    for (int i = 0; i < answers.size(); i++) {
      for (int k = 0; k < labelNames.size(); k++) {
        LabelAnswer answer = answers.get(i).get(k);
        rows.append(i).append(',').append(CsvCell.of(labelNames.get(k)));
        // With all digits, so that every metric can be computed again from the file.
        rows.append(',').append(answer.holds() ? 1 : 0);
        rows.append(',').append(answer.probability()).append('\n');
      }
    }
    out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
  }
}

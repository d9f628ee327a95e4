package io.github.posteriori.cli.run;

import io.github.posteriori.train.EpochReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table {@code metrics.csv} of a run: a header, and a row for what each epoch measured. */
final class MetricsTable {
  /** What a reader expects of the file. */
  static final String EXPECTED = "a header and a row for each epoch";

  private static final String HEADER =
      "epoch,train_loss,train_nll,kl,train_%1$s,valid_loss,valid_nll,valid_%1$s,learning_rate,beta,seconds\n";

  private MetricsTable() {}

  /** Writes what the epochs so far measured, of which there is at least one. */
  static String of(List<EpochReport> epochs) {
    ShownScore score = ShownScore.of(epochs.get(0).score());
    StringBuilder rows = new StringBuilder(HEADER.formatted(score.key()));
    for (EpochReport e : epochs) {
      rows.append(row(e, score)).append('\n');
    }
    return rows.toString();
  }

  private static String row(EpochReport e, ShownScore score) {
    String valid =
        e.valid()
            .map(
                v ->
                    String.format(
                        Locale.ROOT,
                        "%.4f,%.6f,%s",
                        v.loss(),
                        v.nll(),
                        score.cell(v.score().value())))
            .orElse(",,");
    return String.format(
        Locale.ROOT,
        "%d,%.4f,%.6f,%.4f,%s,%s,%.8f,%.8f,%.3f",
        e.epoch(),
        e.loss(),
        e.nll(),
        e.kl(),
        score.cell(e.score().value()),
        valid,
        e.learningRate(),
        e.beta(),
        e.seconds());
  }

  /**
   * Reads back what each epoch measured, at least one.
   *
   * @param file that holds {@code text}, for messages
   * @throws RunFolderException when the text is cut or damaged
   */
  static List<SavedEpoch> parse(String text, Path file) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 2) {
      throw RunFolderException.unusable(file, "has no epoch", EXPECTED);
    }
    List<String> columns = List.of(lines.get(0).split(","));
    List<SavedEpoch> epochs = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      String found = "is damaged in line " + (line + 1);
      epochs.add(
          SavedEpoch.parse(columns, lines.get(line))
              .orElseThrow(() -> RunFolderException.unusable(file, found, EXPECTED)));
    }
    if (!text.endsWith("\n")) {
      throw RunFolderException.unusable(file, "is cut short", EXPECTED);
    }
    return List.copyOf(epochs);
  }
}

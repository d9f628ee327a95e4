package io.github.posteriori.cli.report;

import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.data.Dataset;
import java.util.List;
import java.util.Optional;

/** What a report says of a network's predictions: of classes, of numbers or of labels. */
public sealed interface Findings permits ClassFindings, NumberFindings, LabelFindings {

  /** The test part. */
  Dataset test();

  /** The set from outside what the network learned, where it was measured. */
  Optional<Dataset> outsideSet();

  /** What one example of the test part is called. */
  default ExampleWord example() {
    return ExampleWord.of(test());
  }

  /** The figures that matter most. */
  List<Tile> tiles();

  /** The sections between the one on training and the one on where it all comes from. */
  List<Section> sections(RunReport report);

  /**
   * A figure in large type.
   *
   * @param name of the figure
   * @param meaning what it measures, and which value is good
   */
  record Tile(String name, String value, String meaning) {}

  /** The tile on whether the network notices what is outside. */
  static Tile auroc(String outsideName, Optional<Double> auroc) {
    String other = outsideName.isEmpty() ? "other things" : outsideName;
    return new Tile(
        "AUROC",
        auroc.map(value -> Figures.decimals(value, 4)).orElse("–"),
        "tells " + other + " apart; 1 is best");
  }
}

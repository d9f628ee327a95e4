package io.github.posteriori.cli.figures;

import io.github.posteriori.cli.run.CsvCell;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Normalisation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * CSV file with a row for every image of some sets.
 *
 * <p>Columns: {@code set, index, label, predicted, probability, entropy, mutual_information}; of a
 * calibrated network {@code set_size}, the number of classes in the set that it promises; the sums
 * over classes {@code epistemic_softmax, aleatoric_softmax, epistemic_normalized,
 * aleatoric_normalized}; the same four for each class, such as {@code epistemic_softmax_cat}.
 * {@code label} is the name of a class of the image's own set, {@code predicted} of the network's.
 *
 * @param sets in the order of the rows; the first one's classes are those of the network
 */
record UncertaintyTable(List<MeasuredSet> sets) {

  void writeTo(OutputStream out) throws IOException {
    List<String> classes = sets.get(0).dataset().classNames();
    line(out, header(classes, sets.get(0).meanSetSize().isPresent()));
    for (MeasuredSet set : sets) {
      for (ImageUncertainty image : set.images()) {
        line(out, row(set.dataset(), image, classes));
      }
    }
  }

  private static StringJoiner header(List<String> classes, boolean calibrated) {
    StringJoiner header =
        new StringJoiner(",")
            .add("set,index,label,predicted,probability,entropy,mutual_information");
    if (calibrated) {
      header.add("set_size");
    }
    for (Normalisation normalisation : Normalisation.values()) {
      String name = NormalisationNames.of(normalisation);
      header.add("epistemic_" + name).add("aleatoric_" + name);
    }
    for (Normalisation normalisation : Normalisation.values()) {
      String name = NormalisationNames.of(normalisation);
      for (String k : classes) {
        header.add(CsvCell.of("epistemic_" + name + "_" + k));
        header.add(CsvCell.of("aleatoric_" + name + "_" + k));
      }
    }
    return header;
  }

  private static StringJoiner row(Dataset set, ImageUncertainty image, List<String> classes) {
    StringJoiner row = new StringJoiner(",").add(CsvCell.of(set.name()));
    row.add(String.valueOf(image.index()));
    row.add(CsvCell.of(set.classNames().get(image.label())));
    row.add(CsvCell.of(classes.get(image.predicted()))).add(number(image.probability()));
    row.add(number(image.entropy())).add(number(image.mutualInformation()));
    image.set().ifPresent(promised -> row.add(String.valueOf(promised.length)));
    for (Decomposition decomposition : image.decompositions().values()) {
      row.add(number(decomposition.totalEpistemic())).add(number(decomposition.totalAleatoric()));
    }
    for (Decomposition decomposition : image.decompositions().values()) {
      for (int k = 0; k < classes.size(); k++) {
        row.add(number(decomposition.epistemic()[k])).add(number(decomposition.aleatoric()[k]));
      }
    }
    return row;
  }

  /** Writes as many digits as a float has: what an engine computes holds no more. */
  private static String number(double value) {
    return Float.toString((float) value);
  }

  private static void line(OutputStream out, StringJoiner cells) throws IOException {
    out.write((cells + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

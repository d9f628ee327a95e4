package io.github.posteriori.cli.figures;

import io.github.posteriori.uncertainty.Normalisation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * CSV file with a row for every image of some sets.
 *
 * <p>Columns: {@code set, index, label, predicted, probability, entropy, mutual_information}; the
 * sums over classes {@code epistemic_softmax, aleatoric_softmax, epistemic_normalized,
 * aleatoric_normalized}; the same four for each class, such as {@code epistemic_softmax_0}.
 *
 * @param sets in the order of the rows
 */
record UncertaintyTable(List<MeasuredSet> sets) {

  void writeTo(OutputStream out) throws IOException {
    int classes = sets.get(0).means().get(Normalisation.SOFTMAX).epistemic().length;
    line(out, header(classes));
    for (MeasuredSet set : sets) {
      for (ImageUncertainty image : set.images()) {
        line(out, row(set.dataset().name(), image, classes));
      }
    }
  }

  private static StringJoiner header(int classes) {
    StringJoiner header =
        new StringJoiner(",")
            .add("set,index,label,predicted,probability,entropy,mutual_information");
    for (Normalisation normalisation : Normalisation.values()) {
      String name = NormalisationNames.of(normalisation);
      header.add("epistemic_" + name).add("aleatoric_" + name);
    }
    for (Normalisation normalisation : Normalisation.values()) {
      String name = NormalisationNames.of(normalisation);
      for (int k = 0; k < classes; k++) {
        header.add("epistemic_" + name + "_" + k).add("aleatoric_" + name + "_" + k);
      }
    }
    return header;
  }

  private static StringJoiner row(String set, ImageUncertainty image, int classes) {
    StringJoiner row = new StringJoiner(",").add(set);
    row.add(String.valueOf(image.index())).add(String.valueOf(image.label()));
    row.add(String.valueOf(image.predicted())).add(number(image.probability()));
    row.add(number(image.entropy())).add(number(image.mutualInformation()));
    for (Decomposition decomposition : image.decompositions().values()) {
      row.add(number(decomposition.totalEpistemic())).add(number(decomposition.totalAleatoric()));
    }
    for (Decomposition decomposition : image.decompositions().values()) {
      for (int k = 0; k < classes; k++) {
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

package io.github.posteriori.spark;

import io.github.posteriori.Prediction;
import io.github.posteriori.Scorer;
import io.github.posteriori.ValuePrediction;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the output columns hold for each of some examples. */
enum Answers implements Serializable {
  /** Prediction, probability, raw prediction, epistemic, aleatoric, entropy, mutual information. */
  CLASSES {
    @Override
    Object[][] of(Scorer scorer, List<float[]> examples) {
      Prediction prediction = scorer.classes(examples);
      double[][] probabilities = rows(prediction.probabilities());
      double[][] epistemic = rows(prediction.epistemic());
      double[][] aleatoric = rows(prediction.aleatoric());
      double[] entropy = prediction.entropy().toDoubleVector();
      double[] information = prediction.mutualInformation().toDoubleVector();
      int[] classes = prediction.classes();
      Object[][] rows = new Object[examples.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] =
            new Object[] {
              (double) classes[i],
              Vectors.dense(probabilities[i]),
              Vectors.dense(Arrays.stream(probabilities[i]).map(Answers::logarithm).toArray()),
              Arrays.stream(epistemic[i]).sum(),
              Arrays.stream(aleatoric[i]).sum(),
              entropy[i],
              information[i]
            };
      }
      return rows;
    }
  },

  /** Mean, and standard deviations: whole, epistemic, aleatoric; vectors of several numbers. */
  VALUES {
    @Override
    Object[][] of(Scorer scorer, List<float[]> examples) {
      ValuePrediction prediction = scorer.values(examples);
      List<INDArray> columns =
          List.of(
              prediction.mean(),
              prediction.std(),
              prediction.epistemicStd(),
              prediction.aleatoricStd());
      Object[][] rows = new Object[examples.size()][columns.size()];
      for (int k = 0; k < columns.size(); k++) {
        double[][] numbers = rows(columns.get(k));
        for (int i = 0; i < rows.length; i++) {
          rows[i][k] = numbers[i].length == 1 ? numbers[i][0] : Vectors.dense(numbers[i]);
        }
      }
      return rows;
    }
  };

  /** Returns the rows of a matrix, which ND4J would make an array of its own each. */
  private static double[][] rows(INDArray matrix) {
    double[] numbers = matrix.ravel().toDoubleVector();
    int width = matrix.columns();
    double[][] rows = new double[matrix.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
    }
    return rows;
  }

  private static double logarithm(double probability) {
    return Math.log(Math.max(probability, Double.MIN_NORMAL)); // finite, as evaluators expect
  }

  /** Returns what the columns hold, in their order, for each of the examples. */
  abstract Object[][] of(Scorer scorer, List<float[]> examples);
}

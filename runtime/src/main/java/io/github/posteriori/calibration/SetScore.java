package io.github.posteriori.calibration;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How badly a class conforms to the probabilities predicted for an example. A conformal set holds
 * the classes whose score is low enough.
 */
public sealed interface SetScore {

  /**
   * Returns the score of each class.
   *
   * @param probabilities of all classes
   * @param u a number from 0 to 1 that belongs to the example
   */
  double[] of(double[] probabilities, double u);

  /**
   * Returns the score that {@link Object#toString} names, as checkpoints keep it.
   *
   * @throws IllegalArgumentException when it names none
   */
  @JsonCreator
  static SetScore parse(String text) {
    Matcher raps = Raps.TEXT.matcher(text);
    if (raps.matches()) {
      return new Raps(Double.parseDouble(raps.group(1)), Integer.parseInt(raps.group(2)));
    }
    return switch (text) {
      case Lac.NAME -> new Lac();
      case Aps.NAME -> new Aps();
      default ->
          throw new IllegalArgumentException(
              "the score is '" + text + "', expected lac, aps, or raps such as raps(0.1, 2)");
    };
  }

  /**
   * {@code 1 - p_y} (LAC, the least ambiguous classifier). If the probabilities are right, no other
   * sets of the same coverage are smaller on average; an example that is hard beside the others
   * gets an empty one. Source: Sadinle, Lei, Wasserman 2019, "Least ambiguous set-valued
   * classifiers with bounded error levels".
   */
  record Lac() implements SetScore {
    private static final String NAME = "lac";

    @Override
    public double[] of(double[] probabilities, double u) {
      double[] scores = new double[probabilities.length];
      for (int k = 0; k < scores.length; k++) {
        scores[k] = 1 - probabilities[k];
      }
      return scores;
    }

    @Override
    @JsonValue
    public String toString() {
      return NAME;
    }
  }

  /**
   * The sum of the probabilities above {@code p_y}, and {@code u p_y} (APS, adaptive prediction
   * sets): sets grow with the doubt about an example. Source: Romano, Sesia, Candès 2020,
   * "Classification with valid and adaptive coverage", arXiv 2006.02544.
   */
  record Aps() implements SetScore {
    private static final String NAME = "aps";

    @Override
    public double[] of(double[] probabilities, double u) {
      return new Raps(0, 0).of(probabilities, u);
    }

    @Override
    @JsonValue
    public String toString() {
      return NAME;
    }
  }

  /**
   * That of {@link Aps}, and {@code penalty max(0, rank of y - free)} (RAPS, regularised adaptive
   * prediction sets), which keeps the sets of many classes small. Source: Angelopoulos et al. 2021,
   * "Uncertainty sets for image classifiers using conformal prediction", arXiv 2009.14193.
   *
   * @param penalty of each rank, the paper's lambda; at least 0
   * @param free number of ranks without one, its k_reg; at least 0
   */
  record Raps(double penalty, int free) implements SetScore {
    private static final Pattern TEXT = Pattern.compile("raps\\(([0-9.eE-]+), ([0-9]{1,9})\\)");

    /** Checks the numbers. */
    public Raps {
      if (!(penalty >= 0 && Double.isFinite(penalty)) || free < 0) {
        throw new IllegalArgumentException(
            "the penalty is " + penalty + " beyond " + free + " ranks, expected at least 0 each");
      }
    }

    @Override
    public double[] of(double[] probabilities, double u) {
      double[] scores = new double[probabilities.length];
      double above = 0;
      int rank = 1;
      for (int k : byFallingProbability(probabilities)) {
        scores[k] = above + u * probabilities[k] + penalty * Math.max(0, rank - free);
        above += probabilities[k];
        rank++;
      }
      return scores;
    }

    /** Returns the classes, the most probable first; of equals the first comes first. */
    static int[] byFallingProbability(double[] probabilities) {
      return IntStream.range(0, probabilities.length)
          .boxed()
          .sorted(Comparator.comparingDouble(k -> -probabilities[k]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    @Override
    @JsonValue
    public String toString() {
      return "raps(" + penalty + ", " + free + ")";
    }
  }
}

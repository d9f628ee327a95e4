package io.github.posteriori;

import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures a mixture on a labelled set of all its classes, pixels from 0 to 1, under every way to
 * compare its experts; each expert runs only once.
 *
 * @param mixture the mixture to measure
 * @param samples posterior samples of each expert, at least 1
 * @param batch number of images run together, at least 1; the result depends on it only by rounding
 */
public record MixtureEvaluator(Mixture mixture, int samples, int batch) {

  public MixtureEvaluator {
    Objects.requireNonNull(mixture, "mixture is null, expected one to measure");
    Evaluator.requireSamples(samples);
    Evaluator.requireBatch(batch);
  }

  /**
   * Measures the mixture on all images of {@code dataset}, whose classes are matched by name with
   * those of the experts; see {@link Dataset#matching}.
   *
   * @return a score for each normalisation and, within it, for each kind of uncertainty
   * @throws IllegalArgumentException when the set is empty, its images or labels do not fit the
   *     experts, it has a class that none of them knows, an image holds NaN or pixels such as those
   *     from 0 to 255, or its logits are not finite
   */
  public List<MixtureScore> evaluate(Dataset dataset) {
    Shape input = mixture.experts().get(0).inputShape();
    CheckedDataset.requireImages(dataset, input);
    mixture.requireFit(dataset);
    Dataset checked =
        CheckedDataset.labelled(
            dataset.matching(mixture.classNames()),
            input,
            Likelihood.categorical(),
            mixture.classes());
    List<Tally> tallies = new ArrayList<>();
    for (Normalisation normalisation : Normalisation.values()) {
      for (Uncertainty by : Uncertainty.values()) {
        tallies.add(new Tally(normalisation, by));
      }
    }
    try (Batches batches = Batches.of(checked, batch)) {
      while (batches.hasNext()) {
        Batch next = batches.next();
        Map<Normalisation, List<Prediction>> opinions =
            mixture.opinions(next.images(), next.count(), next.first(), samples);
        tallies.forEach(tally -> tally.add(opinions.get(tally.normalisation), next.labels()));
      }
    }
    return tallies.stream().map(Tally::score).toList();
  }

  /** Counts the correct predictions of one way to compare. */
  private final class Tally {
    private final Normalisation normalisation;
    private final Uncertainty by;
    private int images;
    private int correct;
    private int rightExperts;
    private int informedRight;

    Tally(Normalisation normalisation, Uncertainty by) {
      this.normalisation = normalisation;
      this.by = by;
    }

    void add(List<Prediction> opinions, int[] labels) {
      List<Mixture.Answer> answers = mixture.answers(opinions, by);
      int[] informed = mixture.informed(opinions, labels);
      for (int i = 0; i < answers.size(); i++) {
        correct += answers.get(i).category() == labels[i] ? 1 : 0;
        rightExperts += answers.get(i).expert() == mixture.expertOf(labels[i]) ? 1 : 0;
        informedRight += informed[i] == labels[i] ? 1 : 0;
      }
      images += answers.size();
    }

    MixtureScore score() {
      return new MixtureScore(
          normalisation,
          by,
          (double) correct / images,
          (double) rightExperts / images,
          (double) informedRight / images);
    }
  }
}

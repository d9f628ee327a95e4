package io.github.posteriori;

import io.github.posteriori.data.ClassNames;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mixture of experts: each network knows some of the classes, and the least uncertain one
 * decides.
 *
 * <p>Classes are numbered consecutively: those of an expert follow those of the expert before it.
 * Each expert is trained on its own classes, renumbered from 0, and never sees another's. Classes
 * keep the names that the experts know them by.
 */
public final class Mixture {
  private final List<BayesModule> experts;

  /** The names of all classes, unless no expert has names. */
  private final Optional<ClassNames> names;

  private Mixture(List<BayesModule> experts, Optional<ClassNames> names) {
    this.experts = experts;
    this.names = names;
  }

  /**
   * Creates a mixture of experts, in the order of their classes.
   *
   * @param experts at least 2, all taking images of one shape
   * @throws IllegalArgumentException when there are fewer, their inputs differ, or two of them know
   *     a class of one name
   * @throws IllegalStateException when one ends in an image, which has no classes
   */
  public static Mixture of(List<? extends BayesModule> experts) {
    Objects.requireNonNull(experts, "experts is null, expected at least 2 networks");
    if (experts.size() < 2) {
      throw new IllegalArgumentException(
          "the mixture has " + experts.size() + " experts, expected at least 2");
    }
    for (BayesModule expert : experts) {
      expert.classes();
      if (!expert.inputShape().equals(experts.get(0).inputShape())) {
        throw new IllegalArgumentException(
            "the experts take "
                + experts.get(0).inputShape()
                + " and "
                + expert.inputShape()
                + ", expected one shape: train all on images of the same channels and size");
      }
    }
    return new Mixture(List.copyOf(experts), names(experts));
  }

  private static Optional<ClassNames> names(List<? extends BayesModule> experts) {
    List<ClassNames> each =
        experts.stream().map(expert -> new ClassNames(expert.classNames())).toList();
    if (each.stream().allMatch(ClassNames::areNumbers)) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>();
    for (ClassNames own : each) {
      List<String> shared = own.names().stream().filter(all::contains).toList();
      if (!shared.isEmpty()) {
        throw new IllegalArgumentException(
            "several experts know the classes "
                + new ClassNames(shared)
                + ", expected each class to be known by one: give one network for each part of the"
                + " classes");
      }
      all.addAll(own.names());
    }
    return Optional.of(new ClassNames(all));
  }

  /**
   * A mixture's prediction for one image.
   *
   * @param expert the expert that decides, from 0
   * @param category the most probable of the expert's classes, numbered across all experts
   * @param probability the probability that the expert assigns to it
   * @param uncertainty the expert's uncertainty, the lowest of all
   */
  public record Answer(int expert, int category, double probability, double uncertainty) {}

  /**
   * Throws if labels of a set cannot be matched: experts without names leave only its number of
   * classes to go by.
   */
  void requireFit(Dataset set) {
    if (names.isEmpty() && set.classes() != classes()) {
      throw new IllegalArgumentException(
          set.name()
              + " has "
              + set.classes()
              + " classes, expected "
              + classes()
              + ", as many as the experts know together: give one expert for each part");
    }
  }

  /** The experts, in the order of their classes. */
  public List<BayesModule> experts() {
    return experts;
  }

  /** The number of classes of all experts together. */
  public int classes() {
    return firstClass(experts.size());
  }

  /**
   * The names of the classes of all experts together, by number; the numbers where no expert has
   * names.
   */
  public List<String> classNames() {
    return names.orElseGet(() -> ClassNames.numbers(classes())).names();
  }

  /** Returns the expert that knows a class. */
  int expertOf(int category) {
    int expert = 0;
    while (firstClass(expert + 1) <= category) {
      expert++;
    }
    return expert;
  }

  private int firstClass(int expert) {
    return experts.subList(0, expert).stream().mapToInt(BayesModule::classes).sum();
  }

  /**
   * Runs all experts and takes the least uncertain prediction for each image; of equals, that of
   * the first expert.
   *
   * @param images as {@link BayesModule#forward(INDArray, int)} takes them
   * @param samples posterior samples of each expert, at least 1; with one sample or deterministic
   *     experts there is no epistemic uncertainty to compare
   * @param normalisation how logits become probabilities
   * @param by the kind of uncertainty to compare
   * @throws IllegalArgumentException when {@code images} is not as described, logits are not
   *     finite, or {@code samples} is below 1
   */
  public List<Answer> predict(
      INDArray images, int samples, Normalisation normalisation, Uncertainty by) {
    Objects.requireNonNull(normalisation, "normalisation is null, expected SOFTMAX or SOFTPLUS");
    Objects.requireNonNull(by, "by is null, expected EPISTEMIC, ALEATORIC or BOTH");
    ImageArray given = ImageArray.of(images, experts.get(0).inputShape());
    return answers(opinions(given.pixels(), given.count(), 0, samples).get(normalisation), by);
  }

  /**
   * Returns each expert's prediction for a batch, under each normalisation.
   *
   * @param first the number of the first image, on which its noise depends
   */
  Map<Normalisation, List<Prediction>> opinions(float[] pixels, int count, int first, int samples) {
    List<Map<Normalisation, Prediction>> opinions =
        experts.stream()
            .map(expert -> new PosteriorPasses(expert, samples).predictions(pixels, count, first))
            .toList();
    return Normalisation.each(
        normalisation -> opinions.stream().map(opinion -> opinion.get(normalisation)).toList());
  }

  /** Selects for each image the prediction of the least uncertain expert. */
  List<Answer> answers(List<Prediction> opinions, Uncertainty by) {
    List<double[]> uncertainties = opinions.stream().map(by::of).toList();
    List<int[]> categories = opinions.stream().map(Prediction::classes).toList();
    List<Answer> answers = new ArrayList<>();
    for (int image = 0; image < uncertainties.get(0).length; image++) {
      int expert = 0;
      for (int other = 1; other < experts.size(); other++) {
        if (uncertainties.get(other)[image] < uncertainties.get(expert)[image]) {
          expert = other;
        }
      }
      int category = categories.get(expert)[image];
      answers.add(
          new Answer(
              expert,
              firstClass(expert) + category,
              opinions.get(expert).probabilities().getDouble(image, category),
              uncertainties.get(expert)[image]));
    }
    return answers;
  }

  /** Returns for each image the class predicted by the expert that knows its label. */
  int[] informed(List<Prediction> opinions, int[] labels) {
    List<int[]> categories = opinions.stream().map(Prediction::classes).toList();
    int[] informed = new int[categories.get(0).length];
    for (int image = 0; image < informed.length; image++) {
      int expert = expertOf(labels[image]);
      informed[image] = firstClass(expert) + categories.get(expert)[image];
    }
    return informed;
  }
}

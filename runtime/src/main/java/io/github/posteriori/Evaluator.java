package io.github.posteriori;

import io.github.posteriori.calibration.ConformalSets;
import io.github.posteriori.data.Batch;
import io.github.posteriori.data.Batches;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.likelihood.Likelihood.Target;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.uncertainty.LabelAnswer;
import io.github.posteriori.uncertainty.LabelCollector;
import io.github.posteriori.uncertainty.LabelMetrics;
import io.github.posteriori.uncertainty.Metrics;
import io.github.posteriori.uncertainty.MetricsCollector;
import io.github.posteriori.uncertainty.Normalisation;
import io.github.posteriori.uncertainty.SetUncertainty;
import io.github.posteriori.uncertainty.UncertaintyCollector;
import io.github.posteriori.uncertainty.ValueAnswer;
import io.github.posteriori.uncertainty.ValueCollector;
import io.github.posteriori.uncertainty.ValueDistribution;
import io.github.posteriori.uncertainty.ValueMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Measures a module on a set of images, pixels from 0 to 1 or standardised, with probabilities
 * averaged over posterior samples.
 *
 * @param module the module to measure
 * @param samples number of posterior samples, at least 1; -1 where there are none, see {@link
 *     #sampleFree}
 * @param batch number of images run together, at least 1; the result depends on it only by rounding
 */
public record Evaluator(BayesModule module, int samples, int batch) {
  private static final int SAMPLE_FREE = -1;

  public Evaluator {
    Objects.requireNonNull(module, "module is null, expected one to measure");
    if (samples != SAMPLE_FREE) {
      requireSamples(samples);
    }
    requireBatch(batch);
  }

  /** Creates an evaluator that predicts by moments; see {@link BayesModule#predictMoments}. */
  public static Evaluator sampleFree(BayesModule module, int batch) {
    return new Evaluator(module, SAMPLE_FREE, batch);
  }

  /** Returns whether predictions are of moments instead of samples. */
  public boolean isSampleFree() {
    return samples == SAMPLE_FREE;
  }

  static void requireSamples(int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + ", expected at least 1");
    }
  }

  static void requireBatch(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", expected at least 1");
    }
  }

  /**
   * Measures the quality of the probabilities predicted for {@code dataset}, whose classes are
   * matched by name with those of the module; see {@link Dataset#matching}.
   *
   * @throws IllegalArgumentException when the set is empty, its images or labels do not fit the
   *     module, it has a class that the module does not know, an image holds NaN or pixels such as
   *     those from 0 to 255, or its logits are not finite
   * @throws IllegalStateException when the module ends in an image, which has no classes
   */
  public Metrics evaluate(Dataset dataset) {
    return collect(dataset).metrics();
  }

  /**
   * Measures as {@link #evaluate} does, and keeps the prediction for each image, in the order of
   * {@code dataset}.
   *
   * @return labels and predictions in the numbers of the module's classes
   * @throws IllegalArgumentException when the set is empty, its images or labels do not fit the
   *     module, it has a class that the module does not know, an image holds NaN or pixels such as
   *     those from 0 to 255, or its logits are not finite
   * @throws IllegalStateException when the module ends in an image, which has no classes
   */
  public MetricsCollector collect(Dataset dataset) {
    module.requireKind(TargetKind.CLASSES);
    CheckedDataset.requireImages(dataset, module.inputShape());
    Dataset matched = dataset.matching(module.classNames());
    int classes = module.classes();
    MetricsCollector metrics = new MetricsCollector();
    Optional<ConformalSets> sets = module.learnt().conformalSets();
    forEach(
        CheckedDataset.labelled(matched, module.inputShape(), Likelihood.categorical(), classes),
        next -> {
          double[] probabilities = probabilities(next, classes);
          for (int i = 0; i < next.count(); i++) {
            int image = i;
            int label = next.labels()[i];
            metrics.add(probabilities, i * classes, classes, label);
            sets.ifPresent(
                of -> metrics.addSet(set(of, next, image, probabilities, classes), label));
          }
        });
    return metrics;
  }

  /** Returns the set of classes of one image of a batch. */
  private int[] set(ConformalSets sets, Batch batch, int image, double[] all, int classes) {
    double[] own = Arrays.copyOfRange(all, image * classes, (image + 1) * classes);
    return sets.classes(own, uniform(batch, image));
  }

  private double uniform(Batch batch, int image) {
    int size = module.inputShape().size();
    return ConformalSets.uniform(batch.images(), image * size, size);
  }

  /** Draws the logits of a labelled set, and keeps them all. */
  DrawnLogits logits(Dataset dataset) {
    module.requireKind(TargetKind.CLASSES);
    CheckedDataset.requireImages(dataset, module.inputShape());
    Dataset matched = dataset.matching(module.classNames());
    int classes = module.classes();
    PosteriorPasses passes = new PosteriorPasses(module, samples);
    float[][] logits = new float[dataset.size()][passes.draws() * classes];
    int[] labels = new int[logits.length];
    double[] uniforms = new double[logits.length];
    forEach(
        CheckedDataset.labelled(matched, module.inputShape(), Likelihood.categorical(), classes),
        next -> {
          AtomicInteger draw = new AtomicInteger();
          passes.run(
              next.images(),
              next.count(),
              next.first(),
              drawn -> {
                int column = draw.getAndIncrement() * classes;
                for (int i = 0; i < next.count(); i++) {
                  System.arraycopy(drawn, i * classes, logits[next.first() + i], column, classes);
                }
              });
          for (int i = 0; i < next.count(); i++) {
            labels[next.first() + i] = next.labels()[i];
            uniforms[next.first() + i] = uniform(next, i);
          }
        });
    return new DrawnLogits(logits, labels, uniforms, classes);
  }

  /**
   * Measures the numbers predicted for {@code dataset}.
   *
   * @throws IllegalArgumentException when the set is empty, its examples or targets do not fit the
   *     module, or its outputs are not finite
   * @throws IllegalStateException when the module was not trained on numbers
   */
  public ValueMetrics evaluateValues(Dataset dataset) {
    return collectValues(dataset).metrics();
  }

  /**
   * Measures as {@link #evaluateValues} does, and keeps the prediction for each example, in the
   * order of {@code dataset}.
   *
   * @throws IllegalArgumentException when the set is empty, its examples or targets do not fit the
   *     module, or its outputs are not finite
   * @throws IllegalStateException when the module was not trained on numbers
   */
  public ValueCollector collectValues(Dataset dataset) {
    module.requireKind(TargetKind.VALUES);
    ValueCollector collector = new ValueCollector();
    forEachNumber(
        dataset,
        (values, i, predicted, nll) -> {
          List<ValueAnswer> answers = new ArrayList<>();
          for (int k = 0; k < predicted.size(); k++) {
            answers.add(new ValueAnswer(values.values()[i * values.width() + k], predicted.get(k)));
          }
          collector.add(answers, nll);
        });
    return collector;
  }

  /**
   * Measures the probabilities of several labels at once predicted for {@code dataset}.
   *
   * @throws IllegalArgumentException when the set is empty, its examples or targets do not fit the
   *     module, or its outputs are not finite
   * @throws IllegalStateException when the module was not trained on several labels at once
   */
  public LabelMetrics evaluateLabels(Dataset dataset) {
    return collectLabels(dataset).metrics();
  }

  /**
   * Measures as {@link #evaluateLabels} does, and keeps the prediction for each example, in the
   * order of {@code dataset}.
   *
   * @throws IllegalArgumentException when the set is empty, its examples or targets do not fit the
   *     module, or its outputs are not finite
   * @throws IllegalStateException when the module was not trained on several labels at once
   */
  public LabelCollector collectLabels(Dataset dataset) {
    module.requireKind(TargetKind.LABELS);
    LabelCollector collector = new LabelCollector();
    forEachNumber(
        dataset,
        (values, i, predicted, nll) -> {
          List<LabelAnswer> answers = new ArrayList<>();
          for (int k = 0; k < predicted.size(); k++) {
            boolean holds = values.values()[i * values.width() + k] == 1;
            answers.add(new LabelAnswer(holds, predicted.get(k).mean()));
          }
          collector.add(answers, nll);
        });
    return collector;
  }

  /** Takes what is predicted for one example, and the targets of its batch. */
  private interface NumberSink {
    void accept(Targets.Values targets, int index, List<ValueDistribution> predicted, double nll);
  }

  private void forEachNumber(Dataset dataset, NumberSink sink) {
    Likelihood likelihood = module.likelihood();
    PosteriorPasses passes = passesOfNumbers();
    forEach(
        CheckedDataset.labelled(dataset, module.inputShape(), likelihood, module.classes()),
        next -> {
          Targets.Values targets = (Targets.Values) next.targets();
          PosteriorPasses.Values predicted =
              passes.values(next.images(), next.count(), next.first());
          int width = module.classes();
          float[][] unused = new float[passes.draws()][next.count() * width];
          for (int i = 0; i < next.count(); i++) {
            double nll =
                likelihood.negativeLogLikelihood(
                    predicted.outputs(), i * width, new Target(targets, i, width), 0, unused);
            sink.accept(targets, i, predicted.prediction().distributions().get(i), nll);
          }
        });
  }

  /**
   * Predicts the numbers of all examples of {@code dataset}, batch by batch. Targets are ignored.
   *
   * @param sink receives each batch in turn with its predictions
   * @throws IllegalArgumentException when the set is empty, its examples do not fit the module, or
   *     its outputs are not finite
   * @throws IllegalStateException when the module was not trained on numbers
   */
  public void predictValues(Dataset dataset, BiConsumer<Batch, ValuePrediction> sink) {
    module.requireKind(TargetKind.VALUES);
    predictNumbers(dataset, sink);
  }

  /**
   * Predicts the labels of all examples of {@code dataset}, batch by batch. Targets are ignored.
   *
   * @param sink receives each batch in turn with its predictions
   * @throws IllegalArgumentException when the set is empty, its examples do not fit the module, or
   *     its outputs are not finite
   * @throws IllegalStateException when the module was not trained on several labels at once
   */
  public void predictLabels(Dataset dataset, BiConsumer<Batch, LabelPrediction> sink) {
    module.requireKind(TargetKind.LABELS);
    predictNumbers(dataset, (batch, bits) -> sink.accept(batch, LabelPrediction.of(bits)));
  }

  private void predictNumbers(Dataset dataset, BiConsumer<Batch, ValuePrediction> sink) {
    PosteriorPasses passes = passesOfNumbers();
    forEach(
        CheckedDataset.unlabelled(dataset, module.inputShape()),
        next ->
            sink.accept(
                next, passes.values(next.images(), next.count(), next.first()).prediction()));
  }

  private PosteriorPasses passesOfNumbers() {
    if (isSampleFree()) {
      throw new IllegalStateException(
          module.definition()
              + " predicts no classes, expected a classifier where there are no samples: evaluate"
              + " with samples");
    }
    return new PosteriorPasses(module, samples);
  }

  private double[] probabilities(Batch images, int classes) {
    if (isSampleFree()) {
      return module.sampleFree().probabilities(images.images(), images.count());
    }
    double[] mean = new double[images.count() * classes];
    PosteriorPasses passes = new PosteriorPasses(module, samples);
    int draws = passes.draws();
    passes.run(
        images.images(),
        images.count(),
        images.first(),
        logits -> {
          double[] sample = Normalisation.SOFTMAX.probabilities(logits, classes);
          for (int i = 0; i < mean.length; i++) {
            mean[i] += sample[i] / draws;
          }
        });
    return mean;
  }

  /**
   * Measures the mean uncertainty over the images of {@code dataset} under each normalisation.
   * Labels are ignored.
   *
   * @throws IllegalArgumentException when the set is empty, its images do not fit the module, an
   *     image holds NaN or pixels such as those from 0 to 255, or its logits are not finite
   * @throws IllegalStateException when the module ends in an image, which has no classes
   */
  public Map<Normalisation, SetUncertainty> uncertainty(Dataset dataset) {
    int classes = module.classes();
    Map<Normalisation, UncertaintyCollector> all =
        Normalisation.each(normalisation -> new UncertaintyCollector(classes));
    predict(
        dataset,
        (next, predictions) ->
            predictions.forEach(
                (normalisation, prediction) -> all.get(normalisation).add(prediction)));
    return Normalisation.each(normalisation -> all.get(normalisation).uncertainty());
  }

  /**
   * Predicts all images of {@code dataset}, batch by batch. Labels are ignored.
   *
   * @param sink receives each batch in turn with its predictions under each normalisation, all from
   *     the same draws
   * @throws IllegalArgumentException when the set is empty, its images do not fit the module, an
   *     image holds NaN or pixels such as those from 0 to 255, or its logits are not finite
   * @throws IllegalStateException when the module ends in an image, which has no classes
   */
  public void predict(Dataset dataset, BiConsumer<Batch, Map<Normalisation, Prediction>> sink) {
    module.requireKind(TargetKind.CLASSES);
    forEach(
        CheckedDataset.unlabelled(dataset, module.inputShape()),
        next -> sink.accept(next, predictions(next)));
  }

  private Map<Normalisation, Prediction> predictions(Batch batch) {
    return isSampleFree()
        ? module.sampleFree().predictions(batch.images(), batch.count())
        : new PosteriorPasses(module, samples)
            .predictions(batch.images(), batch.count(), batch.first());
  }

  private void forEach(Dataset dataset, Consumer<Batch> action) {
    try (Batches batches = Batches.of(dataset, batch)) {
      while (batches.hasNext()) {
        action.accept(batches.next());
      }
    }
  }
}

package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Predictor;
import io.github.posteriori.TestTimeAugmentation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.cli.figures.Comparison;
import io.github.posteriori.cli.figures.NumberComparison;
import io.github.posteriori.cli.figures.ScoreNames;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.run.Digits;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.likelihood.TargetKind;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.uncertainty.Detection;
import io.github.posteriori.uncertainty.OutlierScore;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "uncertainty",
    description =
        "Compares a checkpoint's aleatoric and epistemic uncertainty on the test examples of a set"
            + " with that on a set from outside its distribution, and how well four scores tell the"
            + " sets apart; draws two pictures and writes a CSV file. Of predicted numbers it"
            + " compares the standard deviations.",
    mixinStandardHelpOptions = true)
final class UncertaintyCommand implements Callable<Integer> {
  private static final String ROW = "%-22s %12s %12s%n";
  private static final int DIGITS = 5;
  private static final String DETECTION_ROW = "%-22s %12s %12s %12s%n";

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private OodOptions ood;
  @Mixin private JsonOption json;
  @Mixin private SampleFreeOption sampleFree;
  @Mixin private TtaOption tta;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each image (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--num-batches",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "measure only as many examples of each set as K batches hold, of all classes alike"
              + " (default: all)")
  private int batches;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for pictures and CSV (default: that of the checkpoint)")
  private Path out;

  @Option(
      names = "--corrupt",
      paramLabel = "KIND:STRENGTH",
      converter = CorruptionText.class,
      description =
          "compare the images with themselves under a corruption, such as fog:3, chosen as in"
              + " evaluate; with --ood: compare the corrupted images with that set (default: as"
              + " they are)")
  private Corruption corrupt;

  @Override
  public Integer call() {
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(checkpoint, module);
    tta.apply(module, checkpoint.file());
    Evaluator evaluator = sampleFree.evaluator(module, samples, data.batch());
    Dataset clean = InputSize.fit(limited(data.test()), module).matching(module.classNames());
    Dataset corrupted = corrupt == null ? clean : clean.corrupted(corrupt, data.seed());
    boolean withItself = corrupt != null && !ood.stated();
    Dataset inside = withItself ? clean : corrupted;
    Dataset outside = withItself ? corrupted : InputSize.fit(limited(data.outside(ood)), module);
    OodOptions.requireOneShape(inside, outside);
    OutputFolder folder = OutputFolder.open(folder());
    if (module.likelihood().kind() == TargetKind.CLASSES) {
      compareClasses(evaluator, inside, outside, folder);
    } else {
      compareNumbers(evaluator, inside, outside, folder);
    }
    return 0;
  }

  private void compareNumbers(
      Evaluator evaluator, Dataset inside, Dataset outside, OutputFolder folder) {
    NumberComparison comparison =
        new NumberComparison(
            name(evaluator.module()),
            evaluator.samples(),
            ImageProgress.measureNumbers(evaluator, inside),
            ImageProgress.measureNumbers(evaluator, outside));
    NumberUncertaintyReport report =
        NumberUncertaintyReport.of(
            comparison, comparison.writePicture(folder), comparison.writeTable(folder));
    System.out.printf(
        Locale.ROOT,
        ROW,
        "mean over " + ExampleWord.of(inside).plural(),
        inside.name(),
        outside.name());
    comparison
        .in()
        .targetNames()
        .forEach(
            target -> {
              row("epistemic std", target, report.in().epistemicStd(), report.ood().epistemicStd());
              row("aleatoric std", target, report.in().aleatoricStd(), report.ood().aleatoricStd());
              if (comparison.in().promises()) {
                row(
                    "promised width",
                    target,
                    report.in().intervalWidth(),
                    report.ood().intervalWidth());
              }
            });
    System.out.printf(
        Locale.ROOT,
        "%nAUROC by epistemic uncertainty %.4f, from %d and %s, posterior samples of each:"
            + " %d%npicture %s%ncsv %s%n",
        report.auroc(),
        inside.size(),
        ExampleWord.count(outside),
        comparison.samples(),
        report.picture(),
        report.csv());
    json.print(() -> report);
  }

  private static void row(
      String what, String target, Map<String, Double> in, Map<String, Double> ood) {
    System.out.printf(
        Locale.ROOT,
        ROW,
        what + ", " + target,
        Digits.significant(in.get(target), DIGITS),
        Digits.significant(ood.get(target), DIGITS));
  }

  private void compareClasses(
      Evaluator evaluator, Dataset inside, Dataset outside, OutputFolder folder) {
    Comparison comparison =
        new Comparison(
            name(evaluator.module()),
            evaluator.isSampleFree() ? 1 : draws(evaluator),
            ImageProgress.measure(evaluator, inside),
            ImageProgress.measure(evaluator, outside));
    UncertaintyReport report =
        UncertaintyReport.of(
            comparison,
            comparison.writePicture(folder),
            comparison.writeHistograms(folder),
            comparison.writeTable(folder));
    print(comparison, report, evaluator.isSampleFree());
    json.print(() -> report);
  }

  /** Counts the draws of each view of a picture. */
  private static int draws(Evaluator evaluator) {
    Predictor predictor = evaluator.module().predictor();
    int views = predictor instanceof TestTimeAugmentation tta ? tta.views().size() : 1;
    return predictor.draws(evaluator.module(), evaluator.samples()) / views;
  }

  private Dataset limited(Dataset whole) {
    if (batches < 0) {
      throw new IllegalArgumentException(
          "num-batches is " + batches + ", expected at least 1, or 0 for all");
    }
    long images = (long) batches * data.batch();
    return batches == 0 || images >= whole.size() ? whole : whole.limit((int) images);
  }

  private Path folder() {
    return out == null ? checkpoint.file().toAbsolutePath().getParent() : out;
  }

  private static String name(BayesModule module) {
    String definition = module.definition();
    Estimator estimator = Definition.estimatorOf(module);
    String weights = estimator == Estimator.POINT ? "point estimate" : estimator.name();
    Predictor predictor = module.predictor();
    String method = predictor.method();
    String inference =
        method.equals(Predictor.posterior().method()) ? weights : weights + ", " + method;
    String views =
        predictor instanceof TestTimeAugmentation tta ? ", " + tta.views().size() + " views" : "";
    return definition.substring(definition.lastIndexOf('.') + 1) + ", " + inference + views;
  }

  private static void print(Comparison comparison, UncertaintyReport report, boolean isSampleFree) {
    Dataset in = comparison.in().dataset();
    Dataset ood = comparison.ood().dataset();
    String word = ExampleWord.of(in).plural();
    System.out.printf(Locale.ROOT, ROW, "mean over " + word, in.name(), ood.name());
    row("epistemic, softmax", report.in().epistemicSoftmax(), report.ood().epistemicSoftmax());
    row("aleatoric, softmax", report.in().aleatoricSoftmax(), report.ood().aleatoricSoftmax());
    row(
        "epistemic, normalized",
        report.in().epistemicNormalized(),
        report.ood().epistemicNormalized());
    row(
        "aleatoric, normalized",
        report.in().aleatoricNormalized(),
        report.ood().aleatoricNormalized());
    row("entropy, nats", report.in().entropy(), report.ood().entropy());
    row("mutual information", report.in().mutualInformation(), report.ood().mutualInformation());
    if (report.in().meanSetSize() != null) {
      row("classes in the set", report.in().meanSetSize(), report.ood().meanSetSize());
    }
    System.out.println();
    System.out.printf(
        Locale.ROOT, DETECTION_ROW, word + " of " + ood.name() + " by", "AUROC", "AUPR", "FPR95");
    comparison.detections().forEach(UncertaintyCommand::row);
    System.out.printf(
        Locale.ROOT,
        "%nAUROC by predictive entropy %.4f, from %d and %s, posterior samples of each: %s%n"
            + "picture %s%nhistograms %s%ncsv %s%n",
        report.auroc(),
        in.size(),
        ExampleWord.count(ood),
        isSampleFree ? "none" : String.valueOf(comparison.samples()),
        report.picture(),
        report.histograms(),
        report.csv());
  }

  private static void row(OutlierScore score, Detection detection) {
    System.out.printf(
        Locale.ROOT,
        DETECTION_ROW,
        ScoreNames.of(score),
        String.format(Locale.ROOT, "%.4f", detection.auroc()),
        String.format(Locale.ROOT, "%.4f", detection.aupr()),
        String.format(Locale.ROOT, "%.4f", detection.fpr95()));
  }

  private static void row(String what, double in, double ood) {
    System.out.printf(Locale.ROOT, ROW, what, number(in), number(ood));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}

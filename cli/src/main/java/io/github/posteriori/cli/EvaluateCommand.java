package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.Provenance;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.cli.run.CorruptionSweep;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.Measurement;
import io.github.posteriori.cli.run.OutputFolder;
import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.uncertainty.Answer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description =
        "Measures a checkpoint on the test examples of a set: accuracy, NLL, Brier score,"
            + " calibration errors, area under the risk-coverage curve; where it predicts numbers"
            + " RMSE, NLL and coverage of intervals. Draws them on request.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  /** Stands for every kind and strength of corruption. */
  private static final String ALL = "all";

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;
  @Mixin private SampleFreeOption sampleFree;
  @Mixin private TtaOption tta;
  @Mixin private RiskOption risk;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples that are averaged (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "write reliability.png, risk-coverage.png and predictions.csv into this folder; where"
              + " numbers are predicted predicted-observed.png, coverage.png, predictions.csv and,"
              + " of one feature, band.png (default: write nothing)")
  private Path out;

  @Option(
      names = "--corrupt",
      paramLabel = "KIND:STRENGTH",
      description =
          "corrupt the images that are measured, such as fog:3: a kind of gaussian-noise,"
              + " shot-noise, impulse-noise, defocus-blur, glass-blur, motion-blur, zoom-blur,"
              + " snow, frost, fog, brightness, contrast, elastic-transform, pixelate or"
              + " jpeg-compression, a strength from 1 to 5. Or all: measure them as they are, then"
              + " under each kind and strength; with --out also into corruptions.csv (default: as"
              + " they are)")
  private String corrupt;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(checkpoint, module);
    tta.apply(module, checkpoint.file());
    Optional<Willingness> willingness = risk.of(module);
    Dataset whole = InputSize.fit(data.test(), module).matching(module.classNames());
    Dataset test = one().map(how -> whole.corrupted(how, data.seed())).orElse(whole);
    Evaluator evaluator = sampleFree.evaluator(module, samples, data.batch());
    // Before the measurement, which takes a while.
    if (ALL.equals(corrupt)) {
      CorruptionSweep.requireFit(test);
    }
    OutputFolder folder = out == null ? null : OutputFolder.open(out);
    Measurement measured = Measurement.of(evaluator, test);
    System.out.printf(
        Locale.ROOT, "%s of %s: %s%n", ExampleWord.count(test), test.name(), measured.line());
    if (!measured.more().isEmpty()) {
      System.out.println(measured.more());
    }
    measured.promised().ifPresent(System.out::println);
    if (folder != null) {
      measured.write(folder).forEach(file -> System.out.println("wrote " + file));
    }
    Map<String, Object> figures = new LinkedHashMap<>(measured.figures());
    if (willingness.isPresent() && measured instanceof Measurement.OfClasses classes) {
      select(willingness.get(), classes.collected().answers(), figures);
    }
    if (ALL.equals(corrupt)) {
      CorruptionSweep sweep = CorruptionSweep.of(evaluator, test, data.seed(), System.out::println);
      if (folder != null) {
        System.out.println("wrote " + sweep.write(folder));
      }
      figures.put("corrupted", sweep.means());
      figures.put("corruptions", sweep.figures());
    } else if (corrupt != null) {
      figures.put("corrupt", corrupt);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    json.print(() -> report(module, figures, seconds));
    return 0;
  }

  /** Measures the answers that are given, and says so. */
  private static void select(
      Willingness willingness, List<Answer> answers, Map<String, Object> figures) {
    List<Answer> given =
        answers.stream().filter(answer -> !willingness.refuses(answer.confidence())).toList();
    double answered = (double) given.size() / answers.size();
    double wrong = given.stream().mapToDouble(answer -> answer.right() ? 0 : 1).average().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "with a risk of %s %% accepted, %.2f %% are answered, and %.2f %% of these wrongly%n",
        (float) (100 * willingness.acceptedRisk().orElseThrow()),
        100 * answered,
        100 * wrong);
    figures.put("test_answered", answered);
    figures.put("test_risk", wrong);
  }

  /** The corruption that is asked for; empty for none and for all. */
  private Optional<Corruption> one() {
    return Optional.ofNullable(corrupt).filter(text -> !text.equals(ALL)).map(Corruption::parse);
  }

  private JsonReport report(BayesModule module, Map<String, Object> figures, double seconds) {
    return new JsonReport(
        data.set().toString(),
        Definition.nameOf(module),
        Kind.of(module).toString(),
        JsonReport.name(Definition.estimatorOf(module)),
        JsonReport.method(module),
        module.engine().name(),
        module.provenance().map(Provenance::epochs).orElse(null),
        null,
        module.kl(),
        ShownScore.of(module.likelihood().score(0, 1)),
        null,
        figures,
        checkpoint.file().toString(),
        seconds);
  }
}

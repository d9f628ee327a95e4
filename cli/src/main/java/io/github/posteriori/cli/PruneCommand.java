package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import io.github.posteriori.FilterPruner;
import io.github.posteriori.Pruner;
import io.github.posteriori.cli.run.FineTuning;
import io.github.posteriori.cli.run.HeldOut;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.Measurement;
import io.github.posteriori.cli.run.Recipe;
import io.github.posteriori.cli.run.ShownScore;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Split;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    description =
        "Removes the weights of a checkpoint whose noise drowns them, those of the lowest |mu| /"
            + " sigma, or of a frequentist network the smallest; trains what is left on request.",
    mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {
  @Mixin private CheckpointOptions checkpoint;

  @Parameters(index = "0", paramLabel = "OUT", description = "the checkpoint to write, or replace")
  private Path out;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Amount amount;

  @Mixin private DataOptions data;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "train for N epochs, pruning in the first half of them (default: prune at once, and do"
              + " not train)")
  private int epochs;

  @Option(
      names = "--filters",
      description =
          "remove whole filters and units instead, the same share of each layer but the last: what"
              + " is left is a smaller and faster network of a class that the checkpoint carries")
  private boolean filters;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "10",
      description = "posterior samples that are averaged (default: ${DEFAULT-VALUE})")
  private int samples;

  /** How much is kept. */
  private static final class Amount {
    @Option(
        names = "--keep",
        paramLabel = "S",
        required = true,
        description = "share of the weights to keep, such as 0.25")
    private Double keep;

    @Option(
        names = "--tolerance",
        paramLabel = "T",
        required = true,
        description =
            "keep as few as the score on the validation images allows: it falls by T at most, such"
                + " as 0.001 of the accuracy, or where numbers are predicted of the RMSE as a"
                + " share")
    private Double tolerance;
  }

  @Override
  public Integer call() throws IOException {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "epochs is " + epochs + ", expected at least 1, or 0 not to train");
    }
    BayesModule module = checkpoint.load(data.seed(), engine);
    data.trainedOn(checkpoint, module);
    boolean calibrated = module.calibration().isPresent();
    Dataset test = fit(data.test(), module);
    Split split = split(module);
    BayesModule pruned = filters ? narrowed(module) : module;
    double share = filters ? 1 : share(Pruner.of(module), evaluator(module), split.valid());
    Measurement before = Measurement.of(evaluator(module), test);
    prune(pruned, share, split);
    Measurement.of(evaluator(pruned), split.valid()).keepWith(pruned);
    Measurement after = Measurement.of(evaluator(pruned), test);
    pruned.save(out);
    if (calibrated) {
      LostCalibration.tell(
          checkpoint.file(), "the network with all weights", "calibrate " + out, System.err);
    }
    double kept = (double) weights(pruned, PruneCommand::kept) / weights(module, Weight::size);
    long bytes = Files.size(out);
    System.out.printf(
        Locale.ROOT,
        "%d examples of %s with all weights: %s%nwith %.2f %% of them: %s%nwrote %s: %,d bytes%n",
        test.size(),
        test.name(),
        before.line(),
        100 * kept,
        after.line(),
        out,
        bytes);
    ShownScore shown = ShownScore.of(module.likelihood().score(0, 1));
    json.print(() -> report(kept, before, after, shown, bytes));
    return 0;
  }

  /** Splits the training images as the training did, or those of another set anew. */
  private Split split(BayesModule module) {
    Split split =
        module
            .provenance()
            .filter(trained -> !data.isOther())
            .map(trained -> data.split(HeldOut.of(checkpoint.file(), trained)))
            .orElseGet(() -> data.train().split(HeldOut.RECIPES_SHARE, data.seed()));
    return new Split(fit(split.train(), module), fit(split.valid(), module));
  }

  private static Dataset fit(Dataset set, BayesModule module) {
    return InputSize.fit(set, module).matching(module.classNames());
  }

  private Evaluator evaluator(BayesModule module) {
    return new Evaluator(module, CheckpointOptions.samples(module, samples), data.batch());
  }

  /** Counts the weights, biases not counted, as much as each counts. */
  private static long weights(BayesModule module, ToLongFunction<Weight> counted) {
    return module.network().layers().stream()
        .filter(AffineLayer.class::isInstance)
        .map(layer -> ((AffineLayer) layer).weight())
        .mapToLong(counted)
        .sum();
  }

  private static long kept(Weight weight) {
    return weight.mask().map(Mask::kept).orElse(weight.size());
  }

  /** Makes the network that is left without the filters that are removed. */
  private BayesModule narrowed(BayesModule module) {
    if (amount.keep == null) {
      throw new IllegalArgumentException(
          "tolerance is "
              + amount.tolerance
              + " beside --filters, expected a share of each layer's filters: state --keep");
    }
    FilterPruner pruner = FilterPruner.of(module, amount.keep);
    BayesModule narrowed =
        checkpoint.networks().narrowed(module, pruner::outputs).create(Map.of(), module.options());
    pruner.fill(narrowed);
    return narrowed;
  }

  private void prune(BayesModule module, double keep, Split split) {
    if (epochs == 0) {
      Pruner.of(module).keep(keep);
      return;
    }
    Recipe.Settings settings =
        Recipe.DEFAULT.settings(checkpoint.definition(), data.set(), data.examples());
    try (TrainingProgress progress =
        new TrainingProgress(
            0, epochs, module.likelihood(), TrainingProgress.onTerminal(), System.err)) {
      new FineTuning(epochs, settings).run(module, keep, split, progress);
    }
  }

  private double share(Pruner pruner, Evaluator evaluator, Dataset valid) {
    if (amount.keep != null) {
      return amount.keep;
    }
    ShownScore shown = ShownScore.of(evaluator.module().likelihood().score(0, 1));
    double whole = score(shown, evaluator, valid);
    double found =
        pruner.keepWithin(
            amount.tolerance,
            () -> {
              double score = score(shown, evaluator, valid);
              return shown == ShownScore.RMSE ? -score / whole : score;
            });
    pruner.keep(1);
    return found;
  }

  private static double score(ShownScore shown, Evaluator evaluator, Dataset set) {
    return Measurement.of(evaluator, set).figures().get("test_" + shown.key());
  }

  private static Map<String, Object> report(
      double kept, Measurement before, Measurement after, ShownScore shown, long bytes) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("kept", kept);
    String score = "test_" + shown.key();
    keys.put(score + "_before", before.figures().get(score));
    keys.putAll(after.figures());
    keys.put("bytes", bytes);
    return keys;
  }
}

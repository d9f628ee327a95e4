package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.Evaluator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands that can predict by moments in place of {@code --samples}. */
final class SampleFreeOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--sample-free",
      description =
          "predict in one pass that propagates mean and variance of every activation, instead of"
              + " --samples")
  private boolean sampleFree;

  /** Returns whether it is asked for; refuses samples and views beside it. */
  boolean isChosen() {
    for (String other : List.of("--samples", "--tta")) {
      if (sampleFree && command.commandLine().getParseResult().hasMatchedOption(other)) {
        throw new IllegalArgumentException(
            other + " stands beside --sample-free, expected one of them: leave one out");
      }
    }
    return sampleFree;
  }

  /** Creates an evaluator, of moments or of as many samples as are worth their time. */
  Evaluator evaluator(BayesModule module, int samples, int batch) {
    return isChosen()
        ? Evaluator.sampleFree(module, batch)
        : new Evaluator(module, CheckpointOptions.samples(module, samples), batch);
  }
}

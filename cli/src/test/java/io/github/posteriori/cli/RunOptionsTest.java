package io.github.posteriori.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.cli.run.OptimiserChoice;
import io.github.posteriori.cli.run.RunConfig;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.corruption.Corruption;
import io.github.posteriori.engine.Optimiser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What options settle, of sets that nobody reads. */
class RunOptionsTest {
  @Command(name = "train")
  private static final class Training {
    @Mixin RunOptions run;
    @Mixin DataOptions data;
    @Mixin EngineOptions engine;
  }

  private static RunConfig config(String options) {
    Training training = new Training();
    new CommandLine(training)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.split(" "));
    return training.run.config("cifar10", training.data, training.engine);
  }

  @Test
  void theRecipeSaysHowMuchCurvatureIvonKeepsUnlessTheUserDoes() {
    String wide = "--dataset cifar10 --net widenet";
    RunConfig recipe = config(wide);
    assertEquals(OptimiserChoice.IVON, recipe.learning().optimiser());
    assertEquals(Optional.of(0.999), recipe.learning().hessianDecay());
    assertEquals(
        Optional.of(0.95), config(wide + " --hessian-decay 0.95").learning().hessianDecay());
    assertEquals(Optional.empty(), config(wide + " --optimiser adam").learning().hessianDecay());
    assertEquals(Optional.empty(), config(wide + " --estimator point").learning().hessianDecay());
  }

  @Test
  void ivonTrainsWithTheCurvatureThatIsStated() {
    Optimiser.Ivon usual = Optimiser.ivon();
    assertEquals(
        usual.withHessian(0.2).withDecays(usual.meanDecay(), 0.95),
        config("--dataset cifar10 --optimiser ivon --hessian 0.2 --hessian-decay 0.95")
            .training()
            .optimiser());
  }

  @Test
  void imagesAreCorruptedAfterAllThatVariesThem() {
    RunConfig config = config("--dataset cifar10 --rotation 5 --augment cutout:4 --corrupt fog:3");
    assertEquals(
        Augmentation.rotation(5).withCutout(4).withCorruption(Corruption.parse("fog:3")),
        config.training().augmentation());
  }
}

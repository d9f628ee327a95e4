package io.github.posteriori.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.posteriori.data.TableColumns;
import io.github.posteriori.data.TargetReading;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe settles. */
class RecipeTest {
  private static final Definition NET = ShippedNet.MLP.definition(Kind.BAYESIAN);

  private static final Definition LENET = ShippedNet.LENET.definition(Kind.BAYESIAN);

  private static final int STEPS = 5000;

  @TempDir private Path folder;

  @Test
  void smallTablesAreTrainedForAsManyStepsAsLargerOnes() throws IOException {
    ChosenSet set = table();
    for (int rows : new int[] {30, 200, 1000, 5000}) {
      Recipe.Settings settings = Recipe.DEFAULT.settings(NET, set, rows(rows));
      int steps = (int) Math.ceil(0.9 * rows / settings.batch());
      assertEquals(STEPS, settings.epochs() * steps, steps, "of " + rows + " rows");
      assertEquals(0.02, settings.learning().lr());
    }
    assertEquals(40, Recipe.DEFAULT.settings(NET, set, rows(1_000_000)).epochs());
  }

  @ParameterizedTest
  @CsvSource({"40, 16", "100, 16", "300, 16", "1000, 64", "1400, 64"})
  void fewPicturesAreTrainedForAsManySmallSteps(int pictures, int batch) throws IOException {
    for (ChosenSet set : List.of(own(), ShippedSet.named("cifar10"), ShippedSet.named("digits"))) {
      Recipe.Settings settings = Recipe.DEFAULT.settings(NET, set, pictures(pictures));
      int steps = (int) Math.ceil(0.9 * pictures / batch);
      assertEquals(batch, settings.batch(), set.name());
      assertEquals(2000, settings.epochs() * steps, steps, set + ", " + pictures);
      assertEquals("0.001", settings.learning().beta());
      assertEquals(
          "0.03", Recipe.DEFAULT.settings(LENET, set, pictures(pictures)).learning().beta());
    }
  }

  @Test
  void thePosteriorOfTheWideNetworkLearnsPhotographsByIvon() throws IOException {
    Definition wide = ShippedNet.WIDENET.definition(Kind.BAYESIAN);
    ChosenSet photographs = ShippedSet.named("cifar10");
    assertEquals(OptimiserChoice.IVON, optimiser(wide, photographs, 50_000));
    Recipe.Settings settings =
        Recipe.DEFAULT.posteriorSettings(wide, photographs, pictures(50_000));
    assertEquals(15, settings.epochs());
    assertEquals("0.005", settings.learning().beta());
    assertEquals(23, Recipe.DEFAULT.settings(wide, photographs, pictures(50_000)).epochs());
    assertEquals(OptimiserChoice.ADAM, optimiser(NET, photographs, 50_000));
    assertEquals(OptimiserChoice.ADAM, optimiser(wide, photographs, 1_000));
    assertEquals(OptimiserChoice.ADAM, optimiser(wide, own(), 50_000));
    assertEquals(OptimiserChoice.ADAM, optimiser(wide, ShippedSet.named("mnist"), 50_000));
  }

  private static OptimiserChoice optimiser(Definition net, ChosenSet set, int examples) {
    return Recipe.DEFAULT.posteriorSettings(net, set, pictures(examples)).learning().optimiser();
  }

  @Test
  void ivonWeighsFewPicturesMore() throws IOException {
    for (int pictures : new int[] {100, 500, 1_000, 50_000}) {
      Recipe.Settings settings = Recipe.DEFAULT.settings(LENET, own(), pictures(pictures));
      double beta = Double.parseDouble(settings.beta(OptimiserChoice.IVON, pictures(pictures)));
      assertEquals(
          Math.min(pictures * 0.9 / 30_000, Double.parseDouble(settings.learning().beta())),
          beta,
          1e-12);
      assertEquals(
          settings.learning().beta(), settings.beta(OptimiserChoice.ADAM, pictures(pictures)));
    }
    Recipe.Settings table = Recipe.DEFAULT.settings(NET, table(), rows(200));
    assertEquals("0.1", table.beta(OptimiserChoice.IVON, rows(200)));
  }

  @Test
  void manyPicturesAreTrainedByEpochs() throws IOException {
    Recipe.Settings many = Recipe.DEFAULT.settings(NET, own(), pictures(4_000));
    assertEquals(40, many.epochs());
    assertEquals(128, many.batch());
    assertEquals(0.001, many.learning().lr());
    assertEquals("0.01", many.learning().beta());
    for (ShippedSet set : ShippedSet.all()) {
      Recipe.Settings all = Recipe.DEFAULT.settings(NET, set, Recipe.Examples.ALL);
      int images = set.whole().name().matches("digits|letters") ? 20_000 : 50_000;
      assertEquals(all, Recipe.DEFAULT.settings(NET, set, pictures(images)), set.name());
    }
  }

  @Test
  void theOriginalKnowsNoNumbers() throws IOException {
    assertEquals(
        Recipe.ORIGINAL.settings(NET, own(), Recipe.Examples.ALL),
        Recipe.ORIGINAL.settings(NET, own(), pictures(200)));
    assertEquals(
        Recipe.ORIGINAL.settings(NET, table(), Recipe.Examples.ALL),
        Recipe.ORIGINAL.settings(NET, table(), rows(200)));
  }

  private static Recipe.Examples rows(int count) {
    return new Recipe.Examples(count, true);
  }

  private static Recipe.Examples pictures(int count) {
    return new Recipe.Examples(count, false);
  }

  /** A set of the user's own, which is not read. */
  private ChosenSet own() throws IOException {
    return table();
  }

  private ChosenSet table() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "x,y\n");
    TableColumns columns = new TableColumns("y");
    return OwnSet.at(
            file, new OwnSet.Reading(0, false, columns, Optional.empty(), TargetReading.BY_CONTENT))
        .orElseThrow();
  }
}

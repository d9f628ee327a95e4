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
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe settles. */
class RecipeTest {
  private static final Definition NET = ShippedNet.MLP.definition(Kind.BAYESIAN);

  private static final int STEPS = 5000;

  @TempDir private Path folder;

  @Test
  void smallTablesAreTrainedForAsManyStepsAsLargerOnes() throws IOException {
    ChosenSet set = table();
    for (int rows : new int[] {30, 200, 1000, 5000}) {
      Recipe.Settings settings = Recipe.DEFAULT.settings(NET, set, OptionalInt.of(rows));
      int steps = (int) Math.ceil(0.9 * rows / settings.batch());
      assertEquals(STEPS, settings.epochs() * steps, steps, "of " + rows + " rows");
      assertEquals(0.02, settings.learningRate());
    }
    assertEquals(40, Recipe.DEFAULT.settings(NET, set, OptionalInt.of(1_000_000)).epochs());
  }

  @Test
  void otherSetsAndTheOriginalTrainAsBefore() throws IOException {
    ChosenSet set = table();
    Recipe.Settings settings = Recipe.DEFAULT.settings(NET, set, OptionalInt.empty());
    assertEquals(40, settings.epochs());
    assertEquals(0.001, settings.learningRate());
    assertEquals("0.01", settings.beta());
    assertEquals(
        Recipe.ORIGINAL.settings(NET, set, OptionalInt.empty()),
        Recipe.ORIGINAL.settings(NET, set, OptionalInt.of(200)));
  }

  private ChosenSet table() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "x,y\n");
    TableColumns columns = new TableColumns("y");
    return OwnSet.at(
            file, new OwnSet.Reading(0, false, columns, Optional.empty(), TargetReading.BY_CONTENT))
        .orElseThrow();
  }
}

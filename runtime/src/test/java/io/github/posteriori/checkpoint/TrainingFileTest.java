package io.github.posteriori.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.likelihood.Score;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFileTest {
  private static final EpochReport WITH_VALIDATION =
      new EpochReport(
          1,
          250.5,
          1.25,
          100,
          new Score("accuracy", 0.625),
          Optional.of(new EpochReport.Validation(240.5, 1.125, new Score("accuracy", 0.75), 0)),
          0.003,
          0.1,
          12.5,
          false);
  private static final EpochReport WITHOUT_VALIDATION =
      new EpochReport(
          2, 240, 1, 90, new Score("accuracy", 0.875), Optional.empty(), 0.001, 0.1, 25, true);

  @TempDir Path folder;

  private Path write(String training, Map<String, Tensor> tensors) {
    Path file = folder.resolve("state.safetensors");
    new Safetensors(Map.of("training", training), tensors).write(file);
    return file;
  }

  private static Tensor vector(float... values) {
    return new Tensor(new long[] {values.length}, values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "velocity"})
  void givesBackWhatWasWritten(String slot) {
    OptimiserState optimiser =
        new OptimiserState(7, Map.of("block.fc.W_mu", Map.of(slot, new float[] {1, -2})));
    Path file = folder.resolve("state.safetensors");
    List<EpochReport> reports = List.of(WITH_VALIDATION, WITHOUT_VALIDATION);
    TrainingFile.write(new TrainingState(reports, optimiser, Optional.empty()), file);
    TrainingState found = TrainingFile.read(file);
    assertEquals(reports, found.reports());
    assertEquals(7, found.optimiser().steps());
    assertArrayEquals(new float[] {1, -2}, found.optimiser().slot("block.fc.W_mu", slot, 2), 0f);
  }

  @Test
  void givesBackAnAverageAndSaysNothingOfNone() {
    OptimiserState optimiser =
        new OptimiserState(7, Map.of("fc.W_mu", Map.of("mean", new float[] {1})));
    OptimiserState average =
        new OptimiserState(
            5, Map.of("fc.W_mu", Map.of("raw", new float[] {2}, "average", new float[] {3})));
    Path file = folder.resolve("state.safetensors");
    TrainingFile.write(new TrainingState(List.of(), optimiser, Optional.of(average)), file);
    TrainingState found = TrainingFile.read(file);
    assertEquals(5, found.average().orElseThrow().steps());
    assertArrayEquals(new float[] {2}, found.average().get().slot("fc.W_mu", "raw", 1));
    assertArrayEquals(new float[] {3}, found.average().get().slot("fc.W_mu", "average", 1));
    assertEquals(Set.of("mean"), found.optimiser().slots().get("fc.W_mu").keySet());
    TrainingFile.write(new TrainingState(List.of(), optimiser, Optional.empty()), file);
    assertEquals(Optional.empty(), TrainingFile.read(file).average());
    assertEquals("{\"steps\":7,\"reports\":[]}", Safetensors.read(file).metadata().get("training"));
  }

  /** Version 0.1 wrote the accuracy as a number of its own, and always trained with Adam. */
  @Test
  void readsTheAccuracyOfVersionZeroPointOne() {
    String training =
        "{\"steps\":7,\"reports\":[{\"epoch\":1,\"loss\":250.5,\"nll\":1.25,\"kl\":100.0,"
            + "\"accuracy\":0.625,\"valid\":{\"loss\":240.5,\"nll\":1.125,\"accuracy\":0.75,"
            + "\"sinceBest\":0},\"learningRate\":0.003,\"beta\":0.1,\"seconds\":12.5,"
            + "\"stopsEarly\":false},{\"epoch\":2,\"loss\":240.0,\"nll\":1.0,\"kl\":90.0,"
            + "\"accuracy\":0.875,\"valid\":null,\"learningRate\":0.001,\"beta\":0.1,"
            + "\"seconds\":25.0,\"stopsEarly\":true}]}";
    Path file =
        write(training, Map.of("fc.W_mu.mean", vector(1, 2), "fc.W_mu.square", vector(3, 4)));
    TrainingState found = TrainingFile.read(file);
    assertEquals(List.of(WITH_VALIDATION, WITHOUT_VALIDATION), found.reports());
    assertEquals(7, found.optimiser().steps());
    assertArrayEquals(new float[] {1, 2}, found.optimiser().slot("fc.W_mu", "mean", 2));
    assertArrayEquals(new float[] {3, 4}, found.optimiser().slot("fc.W_mu", "square", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "{}",
        "{\"steps\":-1,\"reports\":[]}",
        "{\"steps\":1}",
        "{\"accuracy\":1}",
        "{"
      })
  void refusesAnotherProgressThanItsOwn(String training) {
    Path file = write(training, Map.of());
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> TrainingFile.read(file));
    assertTrue(refusal.getMessage().startsWith("cannot resume from " + file), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("train anew with --overwrite"), refusal.getMessage());
  }

  @Test
  void refusesATensorThatIsNoSlot() {
    Path file = write("{\"steps\":1,\"reports\":[]}", Map.of("mean", vector(1)));
    CheckpointException refusal =
        assertThrows(CheckpointException.class, () -> TrainingFile.read(file));
    assertTrue(
        refusal.getMessage().contains("its tensor mean is no slot of a parameter"),
        refusal.getMessage());
  }
}

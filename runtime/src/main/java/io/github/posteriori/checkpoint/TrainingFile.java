package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.likelihood.Score;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingState;
import io.github.posteriori.train.WeightAverage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a training in a safetensors file beside that of its module: the slots of its
 * optimiser and of the average of its weights as tensors and, in the metadata as JSON, steps and
 * reports.
 */
public final class TrainingFile {
  private static final String KEY = "training";
  private static final Set<String> OF_AVERAGE = Set.of(WeightAverage.RAW, WeightAverage.AVERAGE);
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private TrainingFile() {}

  /**
   * The part of a state that is not tensors.
   *
   * @param averaged number of steps in the average of the weights, if there is one
   */
  private record Progress(
      long steps,
      List<EpochReport> reports,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long averaged) {}

  /**
   * Writes a state; an existing file is replaced atomically.
   *
   * @throws CheckpointException when the file cannot be written
   */
  public static void write(TrainingState state, Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    put(state.optimiser(), tensors);
    state.average().ifPresent(average -> put(average, tensors));
    long averaged = state.average().map(OptimiserState::steps).orElse(0L);
    Progress progress = new Progress(state.optimiser().steps(), state.reports(), averaged);
    new Safetensors(Map.of(KEY, JsonMetadata.write(progress)), tensors).write(file);
  }

  private static void put(OptimiserState state, Map<String, Tensor> tensors) {
    state
        .slots()
        .forEach(
            (parameter, slots) ->
                slots.forEach(
                    (slot, values) -> tensors.put(parameter + "." + slot, vector(values))));
  }

  private static Tensor vector(float[] values) {
    return new Tensor(new long[] {values.length}, values);
  }

  /**
   * Reads a state.
   *
   * @throws CheckpointException when the file cannot be read, is damaged, or is not a training's
   */
  public static TrainingState read(Path file) {
    Safetensors content = Safetensors.read(file);
    Progress progress = progress(file, content.metadata());
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    Map<String, Map<String, float[]>> average = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (name, tensor) -> {
              int dot = name.lastIndexOf('.');
              if (dot < 0) {
                throw unreadable(file, "its tensor " + name + " is no slot of a parameter", null);
              }
              String slot = name.substring(dot + 1);
              (OF_AVERAGE.contains(slot) ? average : slots)
                  .computeIfAbsent(name.substring(0, dot), parameter -> new LinkedHashMap<>())
                  .put(slot, tensor.values());
            });
    return new TrainingState(
        progress.reports,
        new OptimiserState(progress.steps, slots),
        Optional.of(new OptimiserState(progress.averaged, average))
            .filter(state -> state.steps() > 0));
  }

  private static Progress progress(Path file, Map<String, String> metadata) {
    try {
      JsonNode written = JSON.readTree(metadata.getOrDefault(KEY, "null"));
      Progress progress = JSON.treeToValue(withScores(written), Progress.class);
      if (progress != null && progress.reports != null && progress.steps >= 0) {
        return progress;
      }
    } catch (JsonProcessingException e) {
      throw unreadable(file, "its progress is not readable", e);
    }
    throw unreadable(file, "it does not say how far training came", null);
  }

  /** Converts the accuracy in files of earlier versions to a score. */
  private static JsonNode withScores(JsonNode progress) {
    for (JsonNode accuracy : progress.findParents("accuracy")) {
      ObjectNode report = (ObjectNode) accuracy;
      double value = report.remove("accuracy").asDouble();
      report.set("score", JSON.valueToTree(new Score("accuracy", value)));
    }
    return progress;
  }

  private static CheckpointException unreadable(Path file, String found, Exception cause) {
    return new CheckpointException(
        "cannot resume from "
            + file
            + ": "
            + found
            + ", expected a state of training that Posteriori wrote; train anew with --overwrite",
        cause);
  }
}

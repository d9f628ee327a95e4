package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.TrainingState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training stands, in a safetensors file beside that of its module: the moments of Adam as
 * tensors, and in the metadata, as JSON, steps and reports.
 */
public final class TrainingFile {
  private static final String KEY = "training";
  private static final String MEAN = ".mean";
  private static final String SQUARE = ".square";
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private TrainingFile() {}

  /** The part of a state that is no tensor. */
  private record Progress(long steps, List<EpochReport> reports) {}

  /**
   * Writes a state; an existing file is replaced as a whole, or not at all.
   *
   * @throws CheckpointException when the file cannot be written
   */
  public static void write(TrainingState state, Path file) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state
        .optimiser()
        .moments()
        .forEach(
            (name, moments) -> {
              tensors.put(name + MEAN, vector(moments.mean()));
              tensors.put(name + SQUARE, vector(moments.square()));
            });
    Progress progress = new Progress(state.optimiser().steps(), state.reports());
    new Safetensors(Map.of(KEY, JsonMetadata.write(progress)), tensors).write(file);
  }

  private static Tensor vector(float[] values) {
    return new Tensor(new long[] {values.length}, values);
  }

  /**
   * Reads a state.
   *
   * @throws CheckpointException when the file cannot be read, is damaged, or holds no training
   */
  public static TrainingState read(Path file) {
    Safetensors content = Safetensors.read(file);
    Progress progress = progress(file, content.metadata());
    Map<String, Optimiser.Moments> moments = new LinkedHashMap<>();
    for (String name : content.tensors().keySet()) {
      if (name.endsWith(MEAN)) {
        String parameter = name.substring(0, name.length() - MEAN.length());
        Tensor square = content.tensors().get(parameter + SQUARE);
        if (square == null) {
          throw unreadable(file, parameter + " has no mean square", null);
        }
        moments.put(
            parameter,
            new Optimiser.Moments(content.tensors().get(name).values(), square.values()));
      }
    }
    return new TrainingState(progress.reports, new Optimiser.State(progress.steps, moments));
  }

  private static Progress progress(Path file, Map<String, String> metadata) {
    try {
      Progress progress = JSON.readValue(metadata.getOrDefault(KEY, "null"), Progress.class);
      if (progress != null && progress.reports != null && progress.steps >= 0) {
        return progress;
      }
    } catch (JsonProcessingException e) {
      throw unreadable(file, "its progress is not readable", e);
    }
    throw unreadable(file, "it does not say how far training came", null);
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

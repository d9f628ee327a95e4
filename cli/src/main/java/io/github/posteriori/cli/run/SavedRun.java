package io.github.posteriori.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.Networks;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run that {@code train} has left in a folder.
 *
 * @param folder where it is
 * @param config what decided it
 * @param epochs what each epoch measured, in their order; at least one
 */
public record SavedRun(RunFolder folder, RunConfig config, List<SavedEpoch> epochs) {

  /**
   * Reads the small files of a run folder, and looks whether the checkpoint is there.
   *
   * @throws RunFolderException when one is missing, cut or damaged
   */
  public static SavedRun read(Path path) {
    if (!Files.isDirectory(path)) {
      throw new RunFolderException(
          path
              + (Files.exists(path) ? " is a file" : " does not exist")
              + ", expected the folder of a run: name one that train has left, such as those in"
              + " runs/");
    }
    RunFolder folder = new RunFolder(path);
    RunConfig config = config(folder.config());
    Path metrics = folder.metrics();
    List<SavedEpoch> epochs = MetricsTable.parse(text(metrics, MetricsTable.EXPECTED), metrics);
    if (!Files.isRegularFile(folder.best())) {
      throw RunFolderException.unusable(
          folder.best(), "is missing", "the weights of the best epoch");
    }
    return new SavedRun(folder, config, epochs);
  }

  /**
   * Loads the network with the best weights.
   *
   * @param networks finds it
   * @param stated what the user says that it is, if anything
   * @param options what they state replaces what was saved
   * @throws RunFolderException when the checkpoint holds another network than that of the run
   */
  public BayesModule load(Networks networks, Optional<String> stated, ModuleOptions options) {
    BayesModule module = networks.load(folder.best(), stated, options);
    String found = Kind.of(module) + " " + Definition.nameOf(module);
    if (!found.equals(config.kind() + " " + config.net())) {
      throw RunFolderException.unusable(
          folder.best(),
          "holds a " + found,
          "a " + config.kind() + " " + config.net() + " as config.json says");
    }
    return module;
  }

  /**
   * Reads what decided a run.
   *
   * @param file the {@code config.json} that it has left
   * @throws RunFolderException when it is missing, cut or damaged
   */
  static RunConfig config(Path file) {
    try {
      RunConfig config =
          JsonMapper.builder()
              .addModule(new Jdk8Module())
              .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
              .build()
              .readValue(text(file, "the run's configuration"), RunConfig.class);
      if (config == null) {
        throw RunFolderException.unusable(file, "is empty", "the run's configuration");
      }
      config
          .missing()
          .ifPresent(
              key -> {
                throw RunFolderException.unusable(
                    file, "does not say the " + key, "the run's whole configuration");
              });
      return config;
    } catch (JsonProcessingException e) {
      throw RunFolderException.unusable(
          file, "is no whole configuration", "the JSON that train writes");
    }
  }

  private static String text(Path file, String expected) {
    if (!Files.isRegularFile(file)) {
      throw RunFolderException.unusable(file, "is missing", expected);
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw RunFolderException.unusable(file, "is no text", expected);
    } catch (IOException e) {
      throw RunFolderException.unusable(
          file, "cannot be read (" + CheckpointOutput.reason(e) + ")", expected);
    }
  }
}

package io.github.posteriori.examples.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.PosteriorRecorder;
import io.github.posteriori.train.PosteriorSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The folder of a training run: {@code config.json}, {@code config.properties}, {@code
 * metrics.csv}, {@code curves.png} and {@code best.safetensors}, and where posteriors are recorded
 * {@code posteriors.csv}, {@code weights.csv} and {@code posteriors.png}.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
  private static final String CONFIG = "config.json";
  private static final String PROPERTIES = "config.properties";
  private static final String BEST = "best.safetensors";
  private static final String METRICS = "metrics.csv";
  private static final String CURVES = "curves.png";
  private static final String POSTERIORS = "posteriors.csv";
  private static final String WEIGHTS = "weights.csv";
  private static final String POSTERIORS_PICTURE = "posteriors.png";
  private static final String REPORT = "report.html";
  private static final List<String> LEFT_BY_A_RUN =
      List.of(BEST, METRICS, CURVES, POSTERIORS, WEIGHTS, POSTERIORS_PICTURE, REPORT);
  private static final String HEADER =
      "epoch,train_loss,train_nll,kl,train_accuracy,valid_loss,valid_nll,valid_accuracy,learning_rate,beta,seconds";

  /**
   * Makes the folder and keeps the run's configuration in it.
   *
   * @param overwrite whether a run that is there already may be replaced
   * @throws RunFolderException when the folder holds a run or cannot be written
   */
  public static RunFolder start(Path path, RunConfig config, boolean overwrite) {
    requireFree(path, overwrite);
    RunFolder folder = new RunFolder(path);
    folder.writing(
        () -> {
          Files.createDirectories(path);
          for (String old : LEFT_BY_A_RUN) {
            Files.deleteIfExists(path.resolve(old));
          }
          Files.writeString(path.resolve(PROPERTIES), properties(config));
          new ObjectMapper()
              .registerModule(new Jdk8Module())
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValue(path.resolve(CONFIG).toFile(), config);
        });
    return folder;
  }

  /**
   * Refuses a folder that holds a run.
   *
   * @param overwrite whether it may be replaced
   * @throws RunFolderException when it may not
   */
  public static void requireFree(Path path, boolean overwrite) {
    RunFolder folder = new RunFolder(path);
    if (!overwrite && (Files.exists(folder.metrics()) || Files.exists(folder.best()))) {
      throw new RunFolderException(
          path
              + " holds a run already, expected a new folder: choose another --out, or replace the run with"
              + " --overwrite");
    }
  }

  /** The weights with the lowest validation loss. */
  public Path best() {
    return path.resolve(BEST);
  }

  /** Where the page that shows the run goes, unless told otherwise. */
  public Path report() {
    return path.resolve(REPORT);
  }

  Path config() {
    return path.resolve(CONFIG);
  }

  Path metrics() {
    return path.resolve(METRICS);
  }

  Path curves() {
    return path.resolve(CURVES);
  }

  /** One option a line; to a reader of properties a backslash is the start of an escape. */
  private static String properties(RunConfig config) {
    StringBuilder lines = new StringBuilder();
    config
        .options()
        .forEach(
            (name, value) ->
                lines.append(name).append('=').append(value.replace("\\", "\\\\")).append('\n'));
    return lines.toString();
  }

  /** Writes how the recorded posteriors moved so far; nothing where none are recorded. */
  void write(PosteriorRecorder recorder) {
    List<PosteriorSummary> summaries = recorder.summaries();
    if (summaries.isEmpty()) {
      return;
    }
    writing(
        () -> {
          Files.writeString(path.resolve(POSTERIORS), PosteriorTables.summaries(summaries));
          Files.writeString(path.resolve(WEIGHTS), PosteriorTables.singles(summaries));
          PosteriorPicture.of(summaries).write(path.resolve(POSTERIORS_PICTURE));
        });
  }

  /** Writes what the epochs so far measured. */
  public void write(List<EpochReport> epochs) {
    StringBuilder rows = new StringBuilder(HEADER).append('\n');
    for (EpochReport e : epochs) {
      rows.append(row(e)).append('\n');
    }
    writing(
        () -> {
          Files.writeString(metrics(), rows);
          CurvesPicture.of(epochs).write(curves());
        });
  }

  private static String row(EpochReport e) {
    String valid =
        e.valid()
            .map(v -> String.format(Locale.ROOT, "%.4f,%.6f,%.6f", v.loss(), v.nll(), v.accuracy()))
            .orElse(",,");
    return String.format(
        Locale.ROOT,
        "%d,%.4f,%.6f,%.4f,%.6f,%s,%.8f,%.8f,%.3f",
        e.epoch(),
        e.loss(),
        e.nll(),
        e.kl(),
        e.accuracy(),
        valid,
        e.learningRate(),
        e.beta(),
        e.seconds());
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private void writing(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new RunFolderException(
          "cannot write to the run folder "
              + path
              + " ("
              + CheckpointOutput.reason(e)
              + "): choose an --out that is a writable folder with room",
          e);
    }
  }
}

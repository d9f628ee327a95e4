package io.github.posteriori.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Provenance;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.checkpoint.TrainingFile;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.NetSource;
import io.github.posteriori.train.EpochReport;
import io.github.posteriori.train.PosteriorRecorder;
import io.github.posteriori.train.PosteriorSummary;
import io.github.posteriori.train.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a training run: {@code config.json}, {@code config.properties}, {@code
 * metrics.csv}, {@code curves.png}, {@code best.safetensors} and {@code last.safetensors}, and
 * where posteriors are recorded {@code posteriors.csv}, {@code weights.csv}, {@code posteriors.png}
 * and {@code posteriors.json}. That of a deep ensemble holds a folder for the training of each
 * member, {@code member-1} and so on, and no {@code last.safetensors} of its own.
 *
 * <p>Whatever moment the program is killed at, the folder can be resumed from: each file is written
 * under a temporary name and renamed, and {@code last.safetensors}, which says how many epochs are
 * done, comes last. The optimiser's state of that epoch is beside it, as {@code
 * optimiser-EPOCH.safetensors}, and is removed only when the next epoch is kept.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {
  private static final String CONFIG = "config.json";
  private static final String PROPERTIES = "config.properties";
  private static final String BEST = "best.safetensors";
  private static final String LAST = "last.safetensors";
  private static final String OPTIMISER = "optimiser-%d.safetensors";
  private static final Pattern OPTIMISERS = Pattern.compile("optimiser-\\d+\\.safetensors");
  private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.\\d+\\.tmp");
  private static final String MEMBER = "member-";
  private static final Pattern MEMBERS = Pattern.compile(MEMBER + "\\d+");
  private static final String METRICS = "metrics.csv";
  private static final String CURVES = "curves.png";
  private static final String POSTERIORS = "posteriors.csv";
  private static final String WEIGHTS = "weights.csv";
  private static final String POSTERIORS_PICTURE = "posteriors.png";
  private static final String SUMMARIES = "posteriors.json";
  private static final String REPORT = "report.html";
  private static final List<String> LEFT_BY_A_RUN =
      List.of(
          LAST, BEST, METRICS, CURVES, POSTERIORS, WEIGHTS, POSTERIORS_PICTURE, SUMMARIES, REPORT);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * Makes the folder and keeps the run's configuration in it.
   *
   * @param source of the network, if it is not shipped
   * @param overwrite whether a run that is there already may be replaced
   * @throws RunFolderException when the folder holds a run, or another source of that name, or
   *     cannot be written
   */
  public static RunFolder start(
      Path path, RunConfig config, Optional<NetSource> source, boolean overwrite) {
    requireFree(path, overwrite);
    source.ifPresent(kept -> requireFree(path, kept, overwrite));
    RunFolder folder = new RunFolder(path);
    folder.writing(
        () -> {
          Files.createDirectories(path);
          for (String old : LEFT_BY_A_RUN) {
            Files.deleteIfExists(path.resolve(old));
          }
          folder.delete(OPTIMISERS.asMatchPredicate().or(UNFINISHED.asMatchPredicate()));
          folder.deleteMembers();
        });
    OutputFolder out = new OutputFolder(path);
    source.ifPresent(kept -> out.write(kept.file(), text(kept.text())));
    out.write(PROPERTIES, text(properties(config)));
    out.write(CONFIG, text(json(config)));
    return folder;
  }

  /**
   * Refuses a folder that holds a run.
   *
   * @param overwrite whether it may be replaced
   * @throws RunFolderException when it may not
   */
  public static void requireFree(Path path, boolean overwrite) {
    boolean free =
        Stream.of(METRICS, BEST, LAST).noneMatch(file -> Files.exists(path.resolve(file)))
            && !new RunFolder(path).member(0).isBegun();
    if (!overwrite && !free) {
      throw new RunFolderException(
          path
              + " holds a run already, expected a new folder: choose another --out, go on with that"
              + " run by --resume, or replace it with --overwrite");
    }
  }

  /** The folder may be that of the source itself, or of another. */
  private static void requireFree(Path path, NetSource source, boolean overwrite) {
    Path file = path.resolve(source.file());
    if (!overwrite && Files.exists(file) && !source.isIn(file)) {
      throw new RunFolderException(
          path
              + " holds another "
              + source.file()
              + ", which the run would replace by that of its network: choose another --out, or add"
              + " --overwrite");
    }
  }

  /**
   * Refuses a source that is not the one with which the run was begun.
   *
   * @throws RunFolderException when it is another
   */
  void requireSource(Definition definition) {
    boolean same = NetSource.in(last()).equals(definition.source());
    if (!same) {
      throw new RunFolderException(
          "cannot go on with the run in "
              + path
              + ": the source of "
              + definition
              + " is not the one with which it was begun; restore it, or train anew into another"
              + " --out");
    }
  }

  /**
   * Opens the folder of a run that was stopped.
   *
   * @param config what it is asked to go on as
   * @throws RunFolderException when the folder holds no run, or another one than {@code config}
   */
  public static RunFolder resume(Path path, RunConfig config) {
    RunFolder folder = new RunFolder(path);
    requireRun(path);
    config.requireResumes(SavedRun.config(folder.config()), path);
    folder.writing(() -> folder.delete(UNFINISHED.asMatchPredicate()));
    return folder;
  }

  /**
   * Refuses a folder that holds no run to go on with.
   *
   * @throws RunFolderException when there is none
   */
  public static void requireRun(Path path) {
    RunFolder folder = new RunFolder(path);
    boolean begun = folder.isBegun() || folder.member(0).isBegun();
    if (!Files.exists(path.resolve(CONFIG)) || !begun) {
      throw new RunFolderException(
          path + " holds no run to resume, expected the --out of one: start it without --resume");
    }
  }

  /** Returns whether a training was kept here, which can be gone on with. */
  boolean isBegun() {
    return Files.exists(path.resolve(CONFIG)) && Files.exists(path.resolve(LAST));
  }

  /**
   * The folder in which one member of an ensemble is trained.
   *
   * @param index of the member, from 0
   */
  RunFolder member(int index) {
    return new RunFolder(path.resolve(MEMBER + (index + 1)));
  }

  /** The options that ask for the run in {@code path}, as a file for {@code --config}. */
  public static Path properties(Path path) {
    return path.resolve(PROPERTIES);
  }

  private void deleteMembers() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        if (MEMBERS.matcher(file.getFileName().toString()).matches()
            && Files.exists(file.resolve(CONFIG))) {
          deleteAll(file);
        }
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void delete(Predicate<String> names) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        if (names.test(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** The weights after the last epoch that was kept, or those of the start. */
  public Path last() {
    return path.resolve(LAST);
  }

  private Path optimiser(int epochs) {
    return path.resolve(String.format(Locale.ROOT, OPTIMISER, epochs));
  }

  /** Keeps where a training stands, so that {@link #state} finds it however the program ends. */
  void keep(BayesModule module, TrainingState state) {
    Path optimiser = optimiser(state.epochs());
    TrainingFile.write(state, optimiser);
    module.save(last());
    writing(
        () ->
            delete(
                name ->
                    OPTIMISERS.matcher(name).matches()
                        && !optimiser.getFileName().toString().equals(name)));
  }

  /**
   * Reads where the training stood to which {@code module}, read from {@link #last}, belongs.
   *
   * @throws io.github.posteriori.checkpoint.CheckpointException when it cannot be read
   */
  TrainingState state(BayesModule module) {
    return TrainingFile.read(optimiser(module.provenance().map(Provenance::epochs).orElse(0)));
  }

  /** The weights with the lowest validation loss. */
  public Path best() {
    return path.resolve(BEST);
  }

  /** Returns where the page that shows the run goes, unless told otherwise. */
  public Path report() {
    return path.resolve(REPORT);
  }

  Path config() {
    return path.resolve(CONFIG);
  }

  Path metrics() {
    return path.resolve(METRICS);
  }

  private static OutputFolder.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers are always JSON", e);
    }
  }

  /** Writes one option a line; to a reader of properties a backslash is the start of an escape. */
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
    OutputFolder out = new OutputFolder(path);
    out.write(POSTERIORS, text(PosteriorTables.summaries(summaries)));
    out.write(WEIGHTS, text(PosteriorTables.singles(summaries)));
    out.write(POSTERIORS_PICTURE, PosteriorPicture.of(summaries)::writeTo);
    out.write(SUMMARIES, text(json(summaries)));
  }

  /** Gives a recorder what was recorded of the epochs that a resumed run has done. */
  void restore(PosteriorRecorder recorder, int epochs) {
    Path file = path.resolve(SUMMARIES);
    if (!Files.exists(file)) {
      return;
    }
    try {
      PosteriorSummary[] summaries =
          JSON.readValue(Files.readAllBytes(file), PosteriorSummary[].class);
      recorder.restore(Stream.of(summaries).filter(s -> s.epoch() <= epochs).toList());
    } catch (IOException e) {
      throw new RunFolderException(
          "cannot read "
              + file
              + ", expected the posteriors that a run recorded: train anew with"
              + " --overwrite",
          e);
    }
  }

  /** Writes what the epochs so far measured, of which there is at least one. */
  public void write(List<EpochReport> epochs) {
    new OutputFolder(path).write(METRICS, text(MetricsTable.of(epochs)));
  }

  /** Draws what the epochs so far measured, of which there is at least one. */
  public void draw(List<EpochReport> epochs) {
    new OutputFolder(path).write(CURVES, CurvesPicture.of(epochs)::writeTo);
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

package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.predict.PictureInput;
import io.github.posteriori.cli.predict.Predicted;
import io.github.posteriori.cli.predict.PredictedClass;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Picture;
import io.github.posteriori.data.Table;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description =
        "Says what a checkpoint sees in pictures of your own and how sure it is, or what it"
            + " predicts of the rows of a table. Pictures become grey or coloured as the network"
            + " takes them and are resized to its images, without regard to proportions. One that"
            + " cannot be read is named on standard error, and the others are answered.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description =
          "a "
              + Picture.FORMATS
              + " file; for a network of a table a .csv file, of which each row is"
              + " answered")
  private List<Path> files;

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;
  @Mixin private SampleFreeOption sampleFree;

  @Option(
      names = "--samples",
      paramLabel = "T",
      defaultValue = "25",
      description = "posterior samples of each picture or row (default: ${DEFAULT-VALUE})")
  private int samples;

  @Option(
      names = "--invert",
      description =
          "exchange dark and light: for dark ink on light paper, where the network learned from"
              + " light ink on dark, as in MNIST and the drawn digits")
  private boolean invert;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "of the posterior samples (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() {
    BayesModule module = checkpoint.load(seed, engine);
    if (module.inputShape() instanceof Shape.Features) {
      return predictRows(module);
    }
    PictureInput input = PictureInput.of(module, checkpoint.file(), invert);
    List<PictureReport> reports = new ArrayList<>();
    int answered = 0;
    for (Path file : files) {
      float[] pixels;
      try {
        pixels = input.read(file);
      } catch (DataException e) {
        System.err.println("posteriori: " + e.getMessage());
        continue;
      }
      // Each alone, so that an answer does not depend on the other pictures.
      INDArray image = Nd4j.create(pixels, input.shape().batch(1), 'c');
      reports.addAll(answer(module, image, file.toString()));
      answered++;
      if (input.hasLightGround(pixels)) {
        hint(file.toString());
      }
    }
    json.print(() -> reports);
    return answered == files.size() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Asks the network about one example and prints what it says. */
  private List<PictureReport> answer(BayesModule module, INDArray one, String place) {
    List<PictureReport> reports =
        predict(module, one).stream()
            .map(predicted -> new PictureReport(place, predicted))
            .toList();
    reports.forEach(report -> System.out.println(report.file() + ": " + report.predicted().line()));
    return reports;
  }

  private List<? extends Predicted> predict(BayesModule module, INDArray one) {
    return sampleFree.isChosen()
        ? List.of(PredictedClass.of(module, one, module.predictMoments(one)))
        : Predicted.of(module, one, CheckpointOptions.samples(module, samples));
  }

  /** Answers each row of tables; one that cannot be read is named, and the others are answered. */
  private int predictRows(BayesModule module) {
    TableSchema schema =
        SavedSource.of(checkpoint.file())
            .flatMap(SavedSource::table)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        checkpoint.file()
                            + " takes features "
                            + module.inputShape()
                            + " that it learned from no .csv file, expected a network of images or"
                            + " of a table: call predict in a program"));
    List<PictureReport> reports = new ArrayList<>();
    boolean all = true;
    for (Path file : files) {
      for (Table.Asked asked : rows(file, schema)) {
        if (asked instanceof Table.Asked.Row row) {
          INDArray features = Nd4j.create(row.features(), module.inputShape().batch(1), 'c');
          reports.addAll(answer(module, features, file + ":" + row.line()));
        } else if (asked instanceof Table.Asked.Unreadable unreadable) {
          all = false;
          System.err.println("posteriori: " + unreadable.reason());
        }
      }
    }
    json.print(() -> reports);
    return all ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static List<Table.Asked> rows(Path file, TableSchema schema) {
    try {
      return Table.ask(file, schema);
    } catch (DataException e) {
      return List.of(new Table.Asked.Unreadable(1, e.getMessage()));
    }
  }

  private void hint(String file) {
    System.err.println(
        file
            + " has a light ground"
            + (invert ? " when inverted" : "")
            + ", where MNIST and the drawn digits have a dark one: if the network learned from"
            + " such, "
            + (invert ? "leave --invert out" : "add --invert"));
  }
}

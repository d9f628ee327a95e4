package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.predict.Predicted;
import io.github.posteriori.cli.predict.PredictedClass;
import io.github.posteriori.cli.predict.Question;
import io.github.posteriori.cli.predict.Questions;
import io.github.posteriori.cli.predict.Willingness;
import io.github.posteriori.data.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            + " predicts of the rows of a table or an array. Pictures become grey or coloured as"
            + " the network takes them and are resized to its images, without regard to"
            + " proportions. One that cannot be read is named on standard error, and the others are"
            + " answered.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "a "
              + Picture.FORMATS
              + " file; for a network of features or signals a .csv file, of which each row is"
              + " answered; for any network an .npz file, of which each example is")
  private List<Path> files;

  @Mixin private CheckpointOptions checkpoint;
  @Mixin private EngineOptions engine;
  @Mixin private JsonOption json;
  @Mixin private SampleOptions samples;
  @Mixin private SampleFreeOption sampleFree;
  @Mixin private TtaOption tta;
  @Mixin private RiskOption risk;

  @Option(
      names = "--invert",
      description =
          "exchange dark and light: for dark ink on light paper, where the network learned from"
              + " light ink on dark, as in MNIST and the drawn digits")
  private boolean invert;

  @Override
  public Integer call() {
    BayesModule module = samples.load(checkpoint, engine);
    tta.apply(module, checkpoint.file());
    Optional<Willingness> willingness = risk.of(module);
    Questions questions = Questions.of(module, checkpoint.file(), invert);
    List<PictureReport> reports = new ArrayList<>();
    int unreadable = 0;
    for (Path file : files) {
      for (Question question : (Iterable<Question>) questions.read(file)::iterator) {
        if (question instanceof Question.Example example) {
          reports.addAll(answer(module, willingness, example));
        } else if (question instanceof Question.Unreadable one) {
          unreadable++;
          System.err.println("posteriori: " + one.reason());
        }
      }
    }
    json.print(() -> reports);
    return unreadable == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /**
   * Asks the network about one example, alone, so that an answer does not depend on the others, and
   * prints what it says.
   */
  private List<PictureReport> answer(
      BayesModule module, Optional<Willingness> willingness, Question.Example example) {
    INDArray one = Nd4j.create(example.numbers(), module.inputShape().batch(1), 'c');
    List<PictureReport> reports =
        predict(module, one).stream()
            .map(predicted -> PictureReport.of(example.place(), predicted, willingness))
            .toList();
    reports.forEach(report -> System.out.println(report.line()));
    if (example.hasLightGround()) {
      hint(example.place());
    }
    return reports;
  }

  private List<? extends Predicted> predict(BayesModule module, INDArray one) {
    return sampleFree.isChosen()
        ? List.of(PredictedClass.of(module, one, module.predictMoments(one)))
        : Predicted.of(module, one, samples.samples(module));
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

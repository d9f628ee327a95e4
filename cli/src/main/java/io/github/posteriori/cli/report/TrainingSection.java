package io.github.posteriori.cli.report;

import io.github.posteriori.cli.figures.Numerals;
import io.github.posteriori.cli.figures.Scale;
import io.github.posteriori.cli.names.ExampleWord;
import io.github.posteriori.cli.run.SavedEpoch;
import io.github.posteriori.cli.run.ShownScore;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Section on how training went, epoch by epoch. */
final class TrainingSection {
  /** Most dots: more would hide the line. */
  private static final int MOST_DOTS = 60;

  private final List<SavedEpoch> epochs;
  private final double[] numbers;
  private final Chart.Axis axis;

  private TrainingSection(List<SavedEpoch> epochs) {
    this.epochs = epochs;
    this.numbers = values(SavedEpoch::epoch);
    int last = epochs.get(epochs.size() - 1).epoch();
    this.axis =
        new Chart.Axis(
            "epoch",
            new Scale(0, Math.max(1, last), false),
            epoch -> epoch == Math.rint(epoch) ? Figures.decimals(epoch, 0) : "");
  }

  static Section of(RunReport report) {
    return new TrainingSection(report.run().epochs()).section(report.findings().example());
  }

  private Section section(ExampleWord word) {
    String examples = word.plural();
    Section section =
        new Section("training", "Training")
            .say(
                "One epoch is one pass over the training "
                    + examples
                    + ". The network never learns from the validation "
                    + examples
                    + ", so their curves tell how it does on what is new to it.");
    if (epochs.stream().allMatch(epoch -> epoch.kl() == 0)) {
      return section
          .figures(likelihood(), score())
          .say(
              "This training has no KL divergence: it learns one number for each weight, not a"
                  + " distribution.");
    }
    return section.figures(likelihood(), score(), divergence());
  }

  private Element likelihood() {
    double[] train = values(SavedEpoch::trainNll);
    double[] valid = values(SavedEpoch::validNll);
    double[] all = DoubleStream.concat(DoubleStream.of(train), DoubleStream.of(valid)).toArray();
    return trainAndValidation(
        "Negative log-likelihood",
        new Chart.Axis("NLL, nats", scale(all)),
        train,
        valid,
        value -> Figures.decimals(value, 4),
        "How surprised the network is by the right answers; lower is better.");
  }

  /** Densities may be above 1, and their negative logarithms below 0. */
  private static Scale scale(double[] values) {
    boolean negative = DoubleStream.of(values).anyMatch(value -> value < 0);
    return negative ? Scale.covering(values) : Scale.fitting(values);
  }

  private Element score() {
    double[] train = values(SavedEpoch::trainScore);
    double[] valid = values(SavedEpoch::validScore);
    DoubleStream all = DoubleStream.concat(DoubleStream.of(train), DoubleStream.of(valid));
    ShownScore score = epochs.get(0).score();
    return trainAndValidation(
        score.title(),
        switch (score) {
          case ACCURACY -> Chart.Axis.shares("right answers", floor(all.min().orElseThrow()), 1);
          case RMSE -> new Chart.Axis(score.unit(), Scale.fitting(all.toArray()));
        },
        train,
        valid,
        score::text,
        switch (score) {
          case ACCURACY -> "The share of examples whose most probable class is the right one.";
          case RMSE ->
              "The root of the mean squared distance of predicted means from what was"
                  + " observed.";
        });
  }

  private Element trainAndValidation(
      String heading,
      Chart.Axis vertical,
      double[] train,
      double[] valid,
      DoubleFunction<String> numeral,
      String explanation) {
    Chart chart = new Chart(heading + " by epoch", axis, vertical);
    draw(chart, train, "second", "training", numeral);
    draw(chart, valid, "first", "validation", numeral);
    return Section.figure(
        heading,
        chart.svg(),
        Section.keys(Section.key("first", "validation"), Section.key("second", "training")),
        Section.paragraph(
            explanation
                + " Validation after the last epoch: "
                + numeral.apply(valid[valid.length - 1])
                + "."));
  }

  private Element divergence() {
    double[] kl = values(SavedEpoch::kl);
    Scale scale = Scale.linear(DoubleStream.of(kl).max().orElseThrow());
    Chart chart =
        new Chart(
            "KL divergence by epoch",
            axis,
            new Chart.Axis("KL, thousand nats", scale, value -> Numerals.of(value / 1000)));
    draw(chart, kl, "first", "KL", value -> Figures.decimals(value, 0) + " nats");
    return Section.figure(
        "KL divergence",
        chart.svg(),
        Section.paragraph(
            "How far the weights are from their prior, what was believed of them before any example"
                + " was seen. It falls where the data do not need a weight."));
  }

  private void draw(
      Chart chart, double[] values, String cssClass, String name, DoubleFunction<String> numeral) {
    chart.curve(numbers, values, "line " + cssClass);
    int step = (values.length + MOST_DOTS - 1) / MOST_DOTS;
    for (int i = values.length - 1; i >= 0; i -= step) {
      chart.dot(
          numbers[i],
          values[i],
          "dot " + cssClass,
          "epoch " + epochs.get(i).epoch() + ", " + name + ": " + numeral.apply(values[i]));
    }
  }

  private double[] values(ToDoubleFunction<SavedEpoch> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  /** Rounds the least accuracy down, so that the axis shows what differs. */
  private static double floor(double least) {
    for (double room : new double[] {0.01, 0.02, 0.05, 0.1, 0.2, 0.5}) {
      if (1 - least <= room) {
        return 1 - room;
      }
    }
    return 0;
  }
}

package io.github.posteriori.cli;

import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.cli.run.TargetLikelihood;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.NetException;
import io.github.posteriori.networks.Networks;
import io.github.posteriori.networks.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "new",
    description =
        "Writes the source of a small network that fits a set, to begin from: convolutions for"
            + " images and signals, a perceptron for features; an output for each class, label or"
            + " count, two for each number that is regressed: its mean and its noise.",
    mixinStandardHelpOptions = true)
final class NewCommand implements Callable<Integer> {
  private static final String SUFFIX = ".java";

  @Parameters(
      paramLabel = "FILE",
      description = "the source to write, such as Net.java; it names the class")
  private Path file;

  @Option(
      names = "--kind",
      paramLabel = "K",
      defaultValue = "bayesian",
      description =
          "bayesian, or frequentist: a network of ordinary weights (default: ${DEFAULT-VALUE})")
  private String kind;

  @Mixin private DataOptions data;

  @Override
  public Integer call() {
    String name = className();
    Kind weights = Kind.named(kind);
    requireNew();
    Dataset set = data.train();
    Likelihood likelihood = TargetLikelihood.of(data.likelihood(), set);
    likelihood.requireFit(set, likelihood.outputs(set));
    String source =
        Sketch.of(name, weights, set.shape(), likelihood.outputs(set), what(set, likelihood));
    Networks.requireCompiles(file, source);
    try {
      Files.writeString(file, source, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new NetException(
          "cannot write "
              + file
              + " ("
              + CheckpointOutput.reason(e)
              + "): choose a file in a folder that is there and writable",
          e);
    }
    System.out.println(
        "wrote "
            + file
            + " for "
            + set.shape()
            + ", "
            + (set.targetNames().isEmpty() ? set.classes() + " classes" : what(set, likelihood)));
    System.out.println("next: train --net " + file + " --dataset " + data.set() + data.target());
    return ExitCode.OK;
  }

  /** Says what the outputs are. */
  private static String what(Dataset set, Likelihood likelihood) {
    String names = String.join(", ", set.targetNames());
    return switch (likelihood.kind()) {
      case CLASSES -> "in " + set.classes() + " classes";
      case LABELS -> "with the labels " + names;
      case VALUES ->
          likelihood.outputs(set) > set.targetNames().size()
              ? "to mean and noise of " + names
              : "to " + names;
    };
  }

  private String className() {
    String name = file.getFileName().toString();
    String className =
        name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
    if (!SourceVersion.isIdentifier(className) || SourceVersion.isKeyword(className)) {
      throw new IllegalArgumentException(
          "FILE is '"
              + file
              + "', expected the name of a class and .java: call it Net.java, for example");
    }
    return className;
  }

  private void requireNew() {
    if (Files.exists(file)) {
      throw new IllegalArgumentException(
          "FILE is " + file + ", which exists already, expected a new file: choose another name");
    }
  }
}

package io.github.posteriori.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.cli.run.Conversion;
import io.github.posteriori.cli.run.Net;
import io.github.posteriori.layers.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "convert",
    description =
        "Converts a shipped network from PyTorch (.pt, .pth) to .safetensors, or back. No code in a"
            + " PyTorch file is run.",
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = "the file to read")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "the file to write, or to replace")
  private Path out;

  @Option(
      names = "--net",
      paramLabel = "N",
      description = "lenet, alexnet or 3conv3fc (default: recognised by the tensors)")
  private String net;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: lrt; only from PyTorch, which does not store it)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description =
          "that the network was trained with: softplus, relu or tanh (default: softplus, for a"
              + " frequentist network its own; only from PyTorch)")
  private Activation activation;

  @Option(
      names = "--prior-mu",
      paramLabel = "M",
      description = "mean of the prior (default: 0; only from PyTorch)")
  private Double priorMu;

  @Option(
      names = "--prior-sigma",
      paramLabel = "S",
      description = "standard deviation of the prior (default: 0.1; only from PyTorch)")
  private Double priorSigma;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    boolean fromTorch = isTorch(in);
    if (fromTorch == isTorch(out)) {
      throw new IllegalArgumentException(
          "IN is " + in + " and OUT is " + out + ", expected one .safetensors and one .pt or .pth");
    }
    if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
      throw new IllegalArgumentException(
          "OUT is " + out + ", which is IN by another name: choose another");
    }
    Optional<Net> wanted = Optional.ofNullable(net).map(Net::named);
    Conversion conversion =
        fromTorch
            ? Conversion.fromTorch(in, wanted, stated())
            : Conversion.fromSafetensors(in, nothingStated(wanted));
    print(conversion, fromTorch);
    if (fromTorch) {
      conversion.toSafetensors(out);
    } else {
      conversion.toTorch(out);
    }
    System.out.println("wrote " + out);
    json.print(() -> report(conversion));
    return 0;
  }

  private static boolean isTorch(Path file) {
    String name = file.toString();
    if (name.endsWith(".pt") || name.endsWith(".pth")) {
      return true;
    }
    if (name.endsWith(".safetensors")) {
      return false;
    }
    throw new IllegalArgumentException(
        "the file "
            + file
            + " has a suffix that tells no format, expected .pt, .pth or .safetensors");
  }

  private ModuleOptions stated() {
    ModuleOptions stated = ModuleOptions.defaults();
    if (estimator != null) {
      stated = stated.withEstimator(estimator);
    }
    if (activation != null) {
      stated = stated.withActivation(activation);
    }
    if (priorMu != null || priorSigma != null) {
      Priors priors = Priors.ofPyTorchBayesianCnn();
      stated =
          stated.withPriors(
              priors
                  .withMu(priorMu == null ? priors.mu() : priorMu)
                  .withSigma(priorSigma == null ? priors.sigma() : priorSigma));
    }
    return stated;
  }

  private Optional<Net> nothingStated(Optional<Net> wanted) {
    if (!stated().equals(ModuleOptions.defaults())) {
      throw new IllegalArgumentException(
          "an estimator, activation or prior is stated, but PyTorch files store none: leave them"
              + " out");
    }
    return wanted;
  }

  private void print(Conversion conversion, boolean fromTorch) {
    List<Parameter> parameters = conversion.module().parameters();
    System.out.printf(
        Locale.ROOT,
        "%s holds a %s %s: channels %d, classes %d, %,d numbers in %d tensors%n",
        in,
        conversion.kind(),
        conversion.net(),
        conversion.channels(),
        conversion.classes(),
        numbers(parameters),
        parameters.size());
    if (!conversion.ignored().isEmpty()) {
      System.out.println(
          "left out, since they are no weights: "
              + CheckpointInput.shown(String.join(", ", conversion.ignored())));
    }
    if (fromTorch && conversion.kind() == Net.Kind.BAYESIAN) {
      ModuleOptions options = conversion.module().options();
      System.out.println(
          "PyTorch does not store the estimator, activation and prior, which are taken to be "
              + options.estimator().orElseThrow()
              + ", "
              + options.activation().orElseThrow()
              + " and N("
              + options.priors().orElseThrow().mu()
              + ", "
              + options.priors().orElseThrow().sigma()
              + "^2)");
    }
  }

  private static long numbers(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  private ObjectNode report(Conversion conversion) {
    List<Parameter> parameters = conversion.module().parameters();
    ModuleOptions options = conversion.module().options();
    Optional<Priors> priors =
        conversion.kind() == Net.Kind.BAYESIAN ? options.priors() : Optional.empty();
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("in", in.toString());
    report.put("out", out.toString());
    report.put("net", conversion.net().toString());
    report.put("kind", conversion.kind().toString());
    report.put("channels", conversion.channels());
    report.put("classes", conversion.classes());
    report.put("tensors", parameters.size());
    report.put("parameters", numbers(parameters));
    report.put("estimator", options.estimator().map(JsonReport::name).orElse(null));
    report.put(
        "activation",
        options.activation().map(a -> a.name().toLowerCase(Locale.ROOT)).orElse(null));
    report.put("prior_mu", priors.map(Priors::mu).orElse(null));
    report.put("prior_sigma", priors.map(Priors::sigma).orElse(null));
    report.putPOJO("ignored", conversion.ignored());
    return report;
  }
}

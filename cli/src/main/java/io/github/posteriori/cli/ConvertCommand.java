package io.github.posteriori.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.Predictor;
import io.github.posteriori.Priors;
import io.github.posteriori.annotations.Activation;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.annotations.Prior;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.FileFormat;
import io.github.posteriori.cli.run.Conversion;
import io.github.posteriori.cli.run.FoundWeights;
import io.github.posteriori.cli.run.MixtureText;
import io.github.posteriori.cli.run.PeerLibrary;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.networks.Definition;
import io.github.posteriori.networks.Kind;
import io.github.posteriori.networks.ShippedNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "convert",
    description =
        "Converts a shipped network from PyTorch (.pt, .pth, .ckpt, ...) or another program's"
            + " .safetensors to a checkpoint, or a checkpoint to PyTorch. No code in a PyTorch file"
            + " is run.",
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
  private static final List<String> TORCH =
      List.of(".pt", ".pth", ".pth.tar", ".ckpt", ".bin", ".tar");

  @Parameters(index = "0", paramLabel = "IN", description = "the file to read")
  private Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "the file to write, or to replace")
  private Path out;

  @Option(
      names = "--net",
      paramLabel = "NET",
      description =
          "lenet, alexnet, 3conv3fc, resnet20, vgg11, mlp, separable, signal or widenet; a source"
              + " such as Net.java or Nets.java#Net; or a class with --classpath (default: a"
              + " shipped network, recognised by the tensors)")
  private String net;

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      split = ",",
      description =
          "sizes that a network of your own leaves free and the tensors do not say, such as"
              + " height=64 (default: none)")
  private Map<String, Integer> dims = new LinkedHashMap<>();

  @Mixin private TrustOptions trust;

  @Option(
      names = "--key",
      paramLabel = "K",
      description =
          "of the weights to take, where a PyTorch file holds several dictionaries of them, such as"
              + " an average beside the model (default: the only one)")
  private String key;

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "lrt, bbb or point (default: lrt; only where IN does not store it)")
  private Estimator estimator;

  @Option(
      names = "--activation",
      paramLabel = "A",
      description =
          "that the network was trained with: softplus, relu, tanh, gelu, silu, leaky-relu,"
              + " sigmoid or identity (default: softplus, for a frequentist network its own; only"
              + " where IN does not store it)")
  private Activation activation;

  @Option(
      names = "--prior",
      paramLabel = "P",
      converter = PriorMixture.class,
      description =
          "mixture:SHARE,SIGMA1,SIGMA2, in place of --prior-sigma (default: one Gaussian; only"
              + " where IN does not store it)")
  private MixtureText prior;

  @Option(
      names = "--prior-mu",
      paramLabel = "M",
      description = "mean of the prior (default: 0; only where IN does not store it)")
  private Double priorMu;

  @Option(
      names = "--prior-sigma",
      paramLabel = "S",
      description =
          "standard deviation of the prior (default: 0.1; only where IN does not store it)")
  private Double priorSigma;

  @Mixin private JsonOption json;

  @Override
  public Integer call() throws IOException {
    boolean toTorch = isTorch(out);
    boolean own = isOwn(in, toTorch);
    if (Files.exists(out) && Files.exists(in) && Files.isSameFile(in, out)) {
      throw new IllegalArgumentException(
          "OUT is " + out + ", which is IN by another name: choose another");
    }
    Optional<String> wanted = Optional.ofNullable(net);
    Conversion conversion =
        own
            ? Conversion.fromCheckpoint(in, nothingStated(wanted), trust.networks())
            : Conversion.fromWeights(
                in, definitions(wanted), dims, Optional.ofNullable(key), stated());
    print(conversion, own);
    if (toTorch) {
      Predictor predictor = conversion.module().predictor();
      if (predictor != Predictor.posterior()) {
        tell("a PyTorch file has the weights alone, without the method: ", predictor.method());
      }
      conversion
          .module()
          .standardisation()
          .ifPresent(
              by ->
                  tell(
                      "a PyTorch file has no place for it, standardise inputs by: ",
                      by.toString()));
      conversion
          .module()
          .calibration()
          .ifPresent(
              by ->
                  tell(
                      "a PyTorch file has no place for the calibration: ",
                      by.ofClasses()
                          .map(of -> "divide logits by " + of.temperature().value())
                          .orElse("its intervals are left out")));
      conversion.toTorch(out);
    } else {
      conversion.toSafetensors(out);
    }
    System.out.println("wrote " + out);
    json.print(() -> report(conversion));
    return 0;
  }

  /** Returns the network that the weights must be of, a shipped one in either kind. */
  private List<Definition> definitions(Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Optional<ShippedNet> shipped = wanted.flatMap(ShippedNet::find);
    if (shipped.isPresent()) {
      return Stream.of(Kind.values()).map(shipped.get()::definition).toList();
    }
    Definition own = trust.networks().find(wanted.get(), Optional.empty(), true);
    own.requireFree(dims.keySet());
    return List.of(own);
  }

  /** Returns whether a file is to be written for PyTorch, by the suffixes in use. */
  private static boolean isTorch(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (TORCH.stream().anyMatch(name::endsWith)) {
      return true;
    }
    if (name.endsWith(".safetensors")) {
      return false;
    }
    throw new IllegalArgumentException(
        "the file "
            + file
            + " has a suffix that tells no format, expected .safetensors, or for PyTorch one of "
            + String.join(" ", TORCH));
  }

  /** Returns whether a file, whatever its suffix, is a checkpoint of this project. */
  private static boolean isOwn(Path file, boolean toTorch) {
    boolean safetensors = FileFormat.of(file) == FileFormat.SAFETENSORS;
    if (!safetensors && toTorch) {
      throw new IllegalArgumentException(
          "IN is "
              + file
              + ", which is no safetensors file, and OUT is for PyTorch, too; expected"
              + " one .safetensors and one .pt or .pth");
    }
    return safetensors && Checkpoint.isOne(file);
  }

  private ModuleOptions stated() {
    ModuleOptions stated = ModuleOptions.defaults();
    if (estimator != null) {
      stated = stated.withEstimator(estimator);
    }
    if (activation != null) {
      stated = stated.withActivation(activation);
    }
    if (prior != null || priorMu != null || priorSigma != null) {
      PriorOptions.requireOneForm(prior, priorSigma);
      Priors priors = Priors.ofPyTorchBayesianCnn();
      priors =
          priors
              .withMu(priorMu == null ? priors.mu() : priorMu)
              .withSigma(priorSigma == null ? priors.sigma() : priorSigma);
      stated = stated.withPriors(prior == null ? priors : prior.on(priors));
    }
    return stated;
  }

  private Optional<String> nothingStated(Optional<String> wanted) {
    if (key != null || !stated().equals(ModuleOptions.defaults())) {
      throw new IllegalArgumentException(
          "an estimator, activation, prior or key is stated, but IN is a checkpoint that says all"
              + " this by itself: leave them out");
    }
    return wanted;
  }

  private void print(Conversion conversion, boolean own) {
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
    FoundWeights found = conversion.found();
    if (!found.key().isEmpty()) {
      tell("found under the key: ", found.key());
    }
    if (!found.takenOff().isEmpty()) {
      tell("taken off the names: ", String.join(", ", found.takenOff()));
    }
    if (found.library() != PeerLibrary.PYTORCH_BAYESIAN_CNN) {
      tell("renamed from the names of: ", found.library().toString());
    }
    if (!found.ignored().isEmpty()) {
      tell("left out, since the network has no such weights: ", String.join(", ", found.ignored()));
    }
    if (!own && conversion.kind() == Kind.BAYESIAN) {
      ModuleOptions options = conversion.module().options();
      System.out.println(
          "the file does not say the estimator, activation and prior, which are taken to be "
              + options.estimator().orElseThrow()
              + ", "
              + options.activation().orElseThrow()
              + " and "
              + words(options.priors().orElseThrow()));
    }
  }

  private static String words(Priors priors) {
    return MixtureText.of(priors)
        .map(mixture -> mixture + " about " + priors.mu())
        .orElse("N(" + priors.mu() + ", " + Priors.text(priors.sigma()) + "^2)");
  }

  private static void tell(String what, String words) {
    System.out.println(what + CheckpointInput.shown(words));
  }

  private static long numbers(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** Returns a standard deviation for JSON: its number, or he. */
  private static Object json(double sigma) {
    return sigma == Prior.HE ? Priors.text(sigma) : (Object) sigma;
  }

  private ObjectNode report(Conversion conversion) {
    List<Parameter> parameters = conversion.module().parameters();
    ModuleOptions options = conversion.module().options();
    Optional<Priors> priors =
        conversion.kind() == Kind.BAYESIAN ? options.priors() : Optional.empty();
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("in", in.toString());
    report.put("out", out.toString());
    report.put("net", conversion.net().name());
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
    report.putPOJO("prior_sigma", priors.map(Priors::sigma).map(ConvertCommand::json).orElse(null));
    priors.flatMap(MixtureText::of).ifPresent(mixture -> report.put("prior", mixture.toString()));
    report.put("key", conversion.found().key());
    report.putPOJO("taken_off", conversion.found().takenOff());
    report.put("names", conversion.found().library().toString());
    report.putPOJO("ignored", conversion.found().ignored());
    return report;
  }
}

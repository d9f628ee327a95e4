package io.github.posteriori.cli.run;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.layers.Posterior;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The libraries of Bayesian layers for PyTorch whose weights can be read, by the names that their
 * layers give the parameters. In all of them the posterior is N(mu, sigma^2); sigma is log(1 +
 * exp(rho)), but in torchbnn exp(log_sigma).
 */
public enum PeerLibrary {
  /** PyTorch-BayesianCNN, whose names are also those of this project. */
  PYTORCH_BAYESIAN_CNN("PyTorch-BayesianCNN", Map.of(), List.of()),

  /** Its samplers hold the same parameters a second time, and noise. */
  BLITZ(
      "blitz",
      Map.of("weight_mu", "W_mu", "weight_rho", "W_rho"),
      List.of("weight_sampler.*", "bias_sampler.*", "weight_prior_dist.*", "bias_prior_dist.*")),

  /**
   * Convolutions have kernels, linear layers weights. Older versions also store noise and prior.
   */
  BAYESIAN_TORCH(
      "bayesian-torch",
      Map.of(
          "mu_kernel", "W_mu",
          "rho_kernel", "W_rho",
          "mu_weight", "W_mu",
          "rho_weight", "W_rho",
          "mu_bias", "bias_mu",
          "rho_bias", "bias_rho"),
      List.of(
          "eps_kernel",
          "eps_weight",
          "eps_bias",
          "prior_weight_mu",
          "prior_weight_sigma",
          "prior_bias_mu",
          "prior_bias_sigma")),

  /** It stores the noise of the last pass, too. */
  TORCHBNN(
      "torchbnn",
      Map.of(
          "weight_mu", "W_mu",
          "weight_log_sigma", "W_rho",
          "bias_log_sigma", "bias_rho"),
      List.of("weight_eps", "bias_eps"));

  /** Where log(1 + exp(rho)) and exp(rho) are the same double. */
  private static final double NO_DIFFERENCE = -40;

  private final String title;
  private final Map<String, String> names;
  private final Pattern leftOut;

  PeerLibrary(String title, Map<String, String> names, List<String> leftOut) {
    this.title = title;
    this.names = names;
    this.leftOut = Pattern.compile("(.*\\.)?(" + String.join("|", leftOut) + ")");
  }

  /** Returns the library whose layers have parameters of these names. */
  static PeerLibrary of(Collection<String> tensors) {
    if (anyEnds(tensors, "log_sigma")) {
      return TORCHBNN;
    }
    if (anyEnds(tensors, "rho_kernel") || anyEnds(tensors, "rho_weight")) {
      return BAYESIAN_TORCH;
    }
    return anyEnds(tensors, "weight_rho") ? BLITZ : PYTORCH_BAYESIAN_CNN;
  }

  private static boolean anyEnds(Collection<String> tensors, String end) {
    return tensors.stream().anyMatch(name -> name.endsWith(end));
  }

  /** Returns whether a tensor of that name is no parameter, or one that is there twice. */
  boolean leavesOut(String tensor) {
    return leftOut.matcher(tensor).matches();
  }

  /** Returns the name that PyTorch-BayesianCNN gives a parameter. */
  String name(String tensor) {
    int start = tensor.lastIndexOf('.') + 1;
    String last = tensor.substring(start);
    return tensor.substring(0, start) + names.getOrDefault(last, last);
  }

  /**
   * Returns the numbers that PyTorch-BayesianCNN has for a parameter.
   *
   * @param file the file of the tensor, for messages
   */
  Tensor tensor(Path file, String name, Tensor tensor) {
    if (!name.endsWith("_log_sigma")) {
      return tensor;
    }
    float[] rho = new float[tensor.values().length];
    for (int i = 0; i < rho.length; i++) {
      rho[i] = (float) rho(tensor.values()[i]);
      if (Float.isInfinite(rho[i])) {
        throw new CheckpointException(
            "the checkpoint "
                + file
                + " has in "
                + CheckpointInput.shown(name)
                + " the number "
                + tensor.values()[i]
                + ", expected the logarithm of a standard deviation: train the network again");
      }
    }
    return new Tensor(tensor.shape(), rho);
  }

  /** Solves softplus(rho) = exp(logSigma), also where exp(logSigma) is too small for a double. */
  private static double rho(double logSigma) {
    return logSigma < NO_DIFFERENCE ? logSigma : Posterior.rho(Math.exp(logSigma));
  }

  @Override
  public String toString() {
    return title;
  }
}

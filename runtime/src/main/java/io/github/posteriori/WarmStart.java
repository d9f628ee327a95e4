package io.github.posteriori;

import io.github.posteriori.checkpoint.Tensor;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import io.github.posteriori.layers.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weights of a checkpoint as the start of a training, of the same network or of another one
 * whose layers have the same names.
 *
 * <p>The means of a posterior, or the numbers of a frequentist or converted network, become the
 * posterior's means. Its rho comes from the checkpoint if that has one, and is otherwise left as
 * the module's priors say, or set from the size of each weight by {@link #withDelta}. Layers that
 * do not fit by name and shape start anew. The module standardises its examples as the checkpoint's
 * did; weights that are pruned there stay so; where no layer starts anew, it also keeps the scale
 * of the checkpoint's targets.
 */
public final class WarmStart {
  private final Checkpoint checkpoint;
  private final OptionalDouble delta;

  private WarmStart(Checkpoint checkpoint, OptionalDouble delta) {
    this.checkpoint = checkpoint;
    this.delta = delta;
  }

  /**
   * Reads the checkpoint to start from.
   *
   * @throws io.github.posteriori.checkpoint.CheckpointException when the file cannot be read, is
   *     damaged, or was not written by this library
   */
  public static WarmStart of(Path file) {
    return new WarmStart(Checkpoint.read(file), OptionalDouble.empty());
  }

  /**
   * Returns this start with standard deviations from the size of each weight, sigma = delta * |mu|
   * (MOPED: Krishnan et al. 2020, "Specifying weight priors in Bayesian deep neural networks with
   * empirical Bayes", arXiv 1906.05323). A weight of 0 keeps the rho it has.
   *
   * @param delta sigma as a share of each weight's size, above 0
   * @throws IllegalArgumentException if it is not
   */
  public WarmStart withDelta(double delta) {
    if (!(delta > 0 && Double.isFinite(delta))) {
      throw new IllegalArgumentException(
          "delta is " + delta + ", expected a number above 0, such as 0.1");
    }
    return new WarmStart(checkpoint, OptionalDouble.of(delta));
  }

  /**
   * The layers of a module after its start.
   *
   * @param taken names of those with weights from the checkpoint
   * @param anew for each of the others, why its weights do not fit
   * @param unused names of the checkpoint's tensors that belong to no layer of the module
   * @param uncalibrated whether the checkpoint has a calibration, which is left out: it was
   *     measured on the weights before the training
   */
  public record Report(
      List<String> taken, Map<String, String> anew, List<String> unused, boolean uncalibrated) {}

  /**
   * Writes the checkpoint's weights into a module.
   *
   * @throws IllegalArgumentException when no layer fits, or delta is stated for a module without a
   *     posterior; the module is unchanged then
   * @throws IllegalStateException when the module is a block of another network
   */
  public Report apply(BayesModule module) {
    module.requireWhole("start");
    requirePosterior(module);
    Map<String, String> anew = new LinkedHashMap<>();
    List<String> taken = new ArrayList<>();
    Map<Parameter, float[]> values = new LinkedHashMap<>();
    Map<Weight, Mask> masks = new IdentityHashMap<>();
    TreeSet<String> unused = new TreeSet<>(checkpoint.tensors().keySet());
    for (NetworkLayer layer : module.network().layers()) {
      if (!layer.parameters().isEmpty()) {
        Candidate candidate = new Candidate(layer);
        candidate.read();
        if (candidate.misfit == null) {
          taken.add(layer.name());
          values.putAll(candidate.values);
          masks.putAll(candidate.masks);
        } else {
          anew.put(layer.name(), candidate.misfit);
        }
        unused.removeAll(candidate.tensors.keySet());
      }
    }
    if (taken.isEmpty()) {
      throw new IllegalArgumentException(
          ("no layer of %s fits the checkpoint %s of %s (%s), expected one of the same name and"
                  + " shape: start from another checkpoint, or from none")
              .formatted(
                  module.definition(),
                  checkpoint.file(),
                  checkpoint.definition(),
                  anew.entrySet().stream().findFirst().map(Object::toString).orElse("no weights")));
    }
    masks.keySet().forEach(weight -> weight.prune(Mask.all(weight.size())));
    values.forEach(Parameter::write);
    masks.forEach(Weight::prune);
    checkpoint
        .standardisation()
        .filter(by -> by.fits(module.inputShape()))
        .ifPresent(by -> module.learn(known -> known.with(by)));
    module.predictor(Predictor.posterior());
    if (anew.isEmpty()) {
      module.learn(known -> known.with(checkpoint.likelihood()));
    }
    return new Report(
        List.copyOf(taken), anew, List.copyOf(unused), checkpoint.calibration().isPresent());
  }

  private void requirePosterior(BayesModule module) {
    boolean bayesian =
        module.network().layers().stream()
            .filter(AffineLayer.class::isInstance)
            .anyMatch(layer -> ((AffineLayer) layer).weight().posterior().isPresent());
    if (delta.isPresent() && !bayesian) {
      throw new IllegalArgumentException(
          "delta is %s, but %s has no posterior whose width it could set: leave it out"
              .formatted(delta.getAsDouble(), module.definition()));
    }
  }

  /** The tensors of the checkpoint for one layer. */
  private final class Candidate {
    private final NetworkLayer layer;
    private final Map<String, Tensor> tensors;
    private final Map<Parameter, float[]> values = new LinkedHashMap<>();
    private final Map<Weight, Mask> masks = new IdentityHashMap<>();
    private String misfit;

    Candidate(NetworkLayer layer) {
      this.layer = layer;
      this.tensors = new TreeMap<>(checkpoint.tensors());
      tensors.keySet().removeIf(name -> !name.startsWith(layer.name() + "."));
    }

    void read() {
      if (layer instanceof AffineLayer affine) {
        read(affine.weight(), ".W_mu", ".weight");
        affine.bias().ifPresent(bias -> read(bias, ".bias_mu", ".bias"));
        if (affine.bias().isEmpty()) {
          tensors.keySet().stream()
              .filter(name -> name.startsWith(layer.name() + ".bias"))
              .findFirst()
              .ifPresent(name -> misfit("it has no bias, the checkpoint has " + name));
        }
      } else {
        layer.parameters().forEach(parameter -> read(parameter, parameter.name()));
      }
    }

    private void read(Weight weight, String mean, String number) {
      boolean posterior = tensors.containsKey(layer.name() + mean);
      String name = layer.name() + (posterior ? mean : number);
      Optional<float[]> location = read(weight.location(), name);
      location.ifPresent(
          all -> masks.put(weight, tensors.get(name).mask().orElseGet(() -> Mask.all(all.length))));
      weight.posterior().ifPresent(q -> location.ifPresent(means -> readRho(q, means)));
    }

    private void readRho(Posterior posterior, float[] means) {
      Parameter rho = posterior.rho();
      if (delta.isPresent()) {
        values.put(rho, rhos(rho, means));
      } else if (tensors.containsKey(rho.name())) {
        read(rho, rho.name());
      }
    }

    private float[] rhos(Parameter rho, float[] means) {
      float[] rhos = new float[means.length];
      rho.read(rhos);
      for (int i = 0; i < means.length; i++) {
        double sigma = delta.getAsDouble() * Math.abs(means[i]);
        rhos[i] = sigma == 0 ? rhos[i] : (float) Posterior.rho(sigma);
      }
      return rhos;
    }

    private Optional<float[]> read(Parameter parameter, String name) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        misfit("the checkpoint has no " + name);
        return Optional.empty();
      }
      if (!Arrays.equals(tensor.shape(), parameter.shape())) {
        misfit(
            "%s is %s, in the checkpoint %s"
                .formatted(
                    name, Arrays.toString(parameter.shape()), Arrays.toString(tensor.shape())));
        return Optional.empty();
      }
      values.put(parameter, tensor.values());
      return Optional.of(tensor.values());
    }

    /** Keeps the first reason, which is the weight's before the bias's. */
    private void misfit(String reason) {
      misfit = misfit == null ? reason : misfit;
    }
  }
}

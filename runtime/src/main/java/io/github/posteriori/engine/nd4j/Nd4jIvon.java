package io.github.posteriori.engine.nd4j;

import static org.nd4j.linalg.ops.transforms.Transforms.max;
import static org.nd4j.linalg.ops.transforms.Transforms.min;

import io.github.posteriori.engine.Losses;
import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Optimiser.Ivon;
import io.github.posteriori.engine.OptimiserRunner;
import io.github.posteriori.engine.OptimiserState;
import io.github.posteriori.engine.StepRequest;
import io.github.posteriori.layers.Parameter;
import io.github.posteriori.layers.Posterior;
import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** IVON on the arrays of a runner; see {@link Ivon} for the equation. */
@SuppressWarnings("try") // a workspace scope works by being open
final class Nd4jIvon implements OptimiserRunner {
  private final Nd4jRunner runner;
  private final Ivon ivon;
  private final ParameterArrays arrays;
  private final List<Posterior> posteriors;
  private final List<Parameter> points;
  private final Slots slots;
  private long steps;

  Nd4jIvon(Nd4jRunner runner, Network network, Ivon ivon) {
    this.runner = runner;
    this.ivon = ivon;
    this.arrays = runner.arrays();
    this.posteriors = network.sampledPosteriors();
    this.points = network.trainedPoints();
    this.slots = new Slots(arrays.type());
    ivon.requireFit(posteriors);
    for (Posterior posterior : posteriors) {
      slots.add(posterior.mu(), ivon.slots());
      slots.of(posterior.mu())[1].assign(ivon.hessian());
      slots.clearPruned(posterior.mu());
    }
    points.forEach(point -> slots.add(point, List.of(Ivon.MOMENTUM)));
  }

  @Override
  public void start() {
    ivon.start(posteriors);
  }

  @Override
  public Losses step(StepRequest request, double learningRate) {
    Losses losses = runner.gradients(request.withoutDivergence());
    if (Double.isFinite(losses.loss(request.beta()))) {
      apply(learningRate);
    }
    return losses;
  }

  @Override
  public void apply(double learningRate) {
    steps++;
    arrays.refresh();
    arrays.refreshGradients();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      posteriors.forEach(posterior -> update(posterior, learningRate));
      points.forEach(point -> update(point, learningRate));
    }
  }

  private void update(Posterior posterior, double learningRate) {
    double d = ivon.weightDecay(posterior.prior());
    INDArray mu = arrays.value(posterior.mu());
    INDArray h = slots.of(posterior.mu())[1];
    INDArray m = momentum(posterior.mu());

    INDArray x = curvature(posterior).subi(h).muli(1 - ivon.hessianDecay());
    h.addi(x.mul(x).divi(h.add(d).muli(2)).addi(x));
    INDArray precision = h.add(d);

    INDArray decay = mu.sub(posterior.prior().mu()).muli(d);
    INDArray step = clip(m.mul(ivon.correction(steps)).addi(decay).divi(precision));
    mu.subi(step.muli(ivon.rate(learningRate, d)));
    slots.clearPruned(posterior.mu());
    arrays.store(posterior.mu());
    storeDeviations(posterior.rho(), precision.muli(ivon.effectiveSize()));
  }

  /** Returns f, from the gradient by rho: {@code d rho = d sigma * sigmoid(rho)}. */
  private INDArray curvature(Posterior posterior) {
    INDArray rho = arrays.value(posterior.rho());
    return arrays
        .gradient(posterior.rho())
        .div(Softplus.derivative(rho))
        .divi(Softplus.of(rho))
        .divi(ivon.trainingImages());
  }

  /** Updates and returns m. */
  private INDArray momentum(Parameter parameter) {
    INDArray gradient = arrays.gradient(parameter).div(ivon.trainingImages());
    return slots.of(parameter)[0].muli(ivon.meanDecay()).addi(gradient.muli(1 - ivon.meanDecay()));
  }

  private INDArray clip(INDArray step) {
    return Double.isInfinite(ivon.clipRadius())
        ? step
        : max(min(step, ivon.clipRadius(), false), -ivon.clipRadius(), false);
  }

  /** Sets rho to that of sigma = 1 / sqrt(precision), in double precision: ND4J lacks expm1. */
  private void storeDeviations(Parameter rho, INDArray precision) {
    double[] values = precision.dup('c').data().asDouble();
    for (int i = 0; i < values.length; i++) {
      values[i] = Posterior.rho(1 / Math.sqrt(values[i]));
    }
    INDArray value = arrays.value(rho);
    value.assign(Nd4j.createFromArray(values).castTo(value.dataType()).reshape(value.shape()));
    arrays.store(rho);
  }

  private void update(Parameter point, double learningRate) {
    INDArray step = momentum(point).mul(ivon.correction(steps)).divi(ivon.hessian());
    arrays.value(point).subi(clip(step).muli(ivon.rate(learningRate, 0)));
    slots.clearPruned(point);
    arrays.store(point);
  }

  @Override
  public OptimiserState state() {
    return slots.state(steps);
  }

  @Override
  public void restore(OptimiserState state) {
    slots.restore(state);
    steps = state.steps();
  }
}

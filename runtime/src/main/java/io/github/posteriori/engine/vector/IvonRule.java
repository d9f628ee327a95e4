package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.WeightPrior;
import jdk.incubator.vector.FloatVector;

/**
 * The update of {@link Optimiser.Ivon}, where its equation stands, in one step for weights of one
 * prior; or for values without a posterior, where h stays h0.
 *
 * @param gradientScale 1 / N
 * @param sampleSize s
 * @param priorMu mu_p
 * @param decay d
 * @param rate that of the step, with h0 + d if rescaled
 * @param correction 1 / (1 - b1^t)
 * @param precondition 1 / h0
 */
record IvonRule(
    float gradientScale,
    float sampleSize,
    float meanDecay,
    float meanShare,
    float hessianShare,
    float priorMu,
    float decay,
    float rate,
    float correction,
    float clipRadius,
    float precondition) {

  /** The rule of step {@code t}, from 1, for weights with a prior. */
  static IvonRule of(Optimiser.Ivon ivon, WeightPrior prior, double learningRate, long t) {
    return of(ivon, prior.mu(), ivon.weightDecay(prior), learningRate, t);
  }

  /** The rule of step {@code t}, from 1, for values without a posterior. */
  static IvonRule ofPoints(Optimiser.Ivon ivon, double learningRate, long t) {
    return of(ivon, 0, 0, learningRate, t);
  }

  private static IvonRule of(
      Optimiser.Ivon ivon, double priorMu, double decay, double learningRate, long t) {
    return new IvonRule(
        (float) (1.0 / ivon.trainingImages()),
        (float) ivon.effectiveSize(),
        (float) ivon.meanDecay(),
        (float) (1 - ivon.meanDecay()),
        (float) (1 - ivon.hessianDecay()),
        (float) priorMu,
        (float) decay,
        (float) ivon.rate(learningRate, decay),
        (float) ivon.correction(t),
        (float) ivon.clipRadius(),
        (float) (1 / ivon.hessian()));
  }

  /**
   * Updates {@code count} posteriors.
   *
   * @param mu their means
   * @param gradient of the objective by these
   * @param bySigma of the objective by their deviations
   * @param sigma their deviations, then the new ones
   * @param slots m and h of the whole parameter; those of the first weight are at {@code at}
   */
  void update(
      float[] mu,
      float[] gradient,
      float[] bySigma,
      float[] sigma,
      int count,
      float[][] slots,
      int at) {
    int whole = count / LENGTH * LENGTH;
    curve(bySigma, sigma, slots[1], at, whole);
    curveRest(bySigma, sigma, slots[1], at, whole, count);
    move(mu, gradient, slots[0], sigma, at, whole);
    moveRest(mu, gradient, slots[0], sigma, at, whole, count);
    deviate(sigma, count);
  }

  /** Moves h, and leaves h + d in place of sigma. */
  private void curve(float[] bySigma, float[] sigma, float[] hessian, int at, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector f =
          FloatVector.fromArray(FLOATS, bySigma, i)
              .mul(gradientScale)
              .div(FloatVector.fromArray(FLOATS, sigma, i));
      FloatVector h = FloatVector.fromArray(FLOATS, hessian, at + i);
      FloatVector x = f.sub(h).mul(hessianShare);
      FloatVector twice = h.add(decay).mul(2f);
      h = h.add(x.add(x.mul(x).div(twice)));
      h.intoArray(hessian, at + i);
      h.add(decay).intoArray(sigma, i);
    }
  }

  /** As {@link #curve}, one by one: what lies behind may be another thread's. */
  private void curveRest(
      float[] bySigma, float[] sigma, float[] hessian, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      float f = bySigma[i] * gradientScale / sigma[i];
      float h = hessian[at + i];
      float x = (f - h) * hessianShare;
      h += x + x * x / ((h + decay) * 2f);
      hessian[at + i] = h;
      sigma[i] = h + decay;
    }
  }

  /** Moves the momentum and mu, by h + d. */
  private void move(
      float[] mu, float[] gradient, float[] momentum, float[] precision, int at, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i).mul(gradientScale);
      FloatVector m = FloatVector.fromArray(FLOATS, momentum, at + i);
      m = m.mul(meanDecay).add(g.mul(meanShare));
      m.intoArray(momentum, at + i);
      FloatVector w = FloatVector.fromArray(FLOATS, mu, i);
      FloatVector step =
          m.mul(correction)
              .add(w.sub(priorMu).mul(decay))
              .div(FloatVector.fromArray(FLOATS, precision, i));
      w.sub(step.max(-clipRadius).min(clipRadius).mul(rate)).intoArray(mu, i);
    }
  }

  private void moveRest(
      float[] mu, float[] gradient, float[] momentum, float[] precision, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      float m = momentum[at + i] * meanDecay + gradient[i] * gradientScale * meanShare;
      momentum[at + i] = m;
      float step = (m * correction + (mu[i] - priorMu) * decay) / precision[i];
      mu[i] -= Math.min(Math.max(step, -clipRadius), clipRadius) * rate;
    }
  }

  /** Replaces h + d by sigma. */
  private void deviate(float[] sigma, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector root = FloatVector.fromArray(FLOATS, sigma, i).mul(sampleSize).sqrt();
      FloatVector.broadcast(FLOATS, 1f).div(root).intoArray(sigma, i);
    }
  }

  /**
   * Updates {@code count} values that have no posterior.
   *
   * @param momentum of the whole parameter; that of the first value is at {@code at}
   */
  void update(float[] values, float[] gradients, int count, float[] momentum, int at) {
    for (int i = 0; i < count; i++) {
      momentum[at + i] = momentum[at + i] * meanDecay + gradients[i] * gradientScale * meanShare;
    }
    for (int i = 0; i < count; i++) {
      float step = momentum[at + i] * correction * precondition;
      values[i] -= Math.min(Math.max(step, -clipRadius), clipRadius) * rate;
    }
  }
}

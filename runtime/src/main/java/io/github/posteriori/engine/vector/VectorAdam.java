package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.Lanes.LENGTH;

import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.layers.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980), by threads that take some thousand weights each:
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
 *   value -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + e)
 * </pre>
 */
final class VectorAdam implements Optimiser {
  private static final int CHUNK = 1 << 13;

  private final List<Part> parts = new ArrayList<>();
  private float[][] values = new float[0][];
  private float[][] gradients = new float[0][];
  private long steps;

  /** Some weights of a tensor, and the running moments of their gradients. */
  private record Part(Tensor tensor, int first, int count, float[] mean, float[] square) {}

  VectorAdam(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (parameter.trained()) {
        Tensor tensor = new Tensor(parameter);
        for (int first = 0; first < tensor.size(); first += CHUNK) {
          int count = Math.min(CHUNK, tensor.size() - first);
          int whole = (count + LENGTH - 1) / LENGTH * LENGTH;
          parts.add(new Part(tensor, first, count, new float[whole], new float[whole]));
        }
      }
    }
  }

  @Override
  public void step(double learningRate) {
    steps++;
    double correction =
        Math.sqrt(1 - Math.pow(SQUARE_DECAY, steps)) / (1 - Math.pow(MEAN_DECAY, steps));
    float rate = (float) (learningRate * correction);
    Sessions.withWorkers(workers -> step(workers, rate));
  }

  private void step(Workers workers, float rate) {
    if (values.length < workers.count()) {
      values = new float[workers.count()][CHUNK];
      gradients = new float[workers.count()][CHUNK];
    }
    workers.run(parts.size(), (task, worker) -> step(parts.get(task), worker, rate));
  }

  private void step(Part part, int worker, float rate) {
    float[] value = values[worker];
    float[] gradient = gradients[worker];
    part.tensor.read(part.first, part.count, value, 0);
    part.tensor.readGradient(part.first, part.count, gradient, 0);
    update(value, gradient, part.mean, part.square, rate, part.mean.length);
    part.tensor.write(part.first, part.count, value, 0);
  }

  @Override
  public State state() {
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (Part part : parts) {
      int size = part.tensor.size();
      Moments copy =
          moments.computeIfAbsent(
              part.tensor.parameter().name(),
              name -> new Moments(new float[size], new float[size]));
      System.arraycopy(part.mean, 0, copy.mean(), part.first, part.count);
      System.arraycopy(part.square, 0, copy.square(), part.first, part.count);
    }
    return new State(steps, moments);
  }

  @Override
  public void restore(State state) {
    for (Part part : parts) {
      Moments saved = state.of(part.tensor.parameter().name(), part.tensor.size());
      System.arraycopy(saved.mean(), part.first, part.mean, 0, part.count);
      System.arraycopy(saved.square(), part.first, part.square, 0, part.count);
    }
    steps = state.steps();
  }

  private static void update(
      float[] value, float[] gradient, float[] mean, float[] square, float rate, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector m = FloatVector.fromArray(FLOATS, mean, i);
      FloatVector v = FloatVector.fromArray(FLOATS, square, i);
      m = m.mul((float) MEAN_DECAY).add(g.mul((float) (1 - MEAN_DECAY)));
      v = v.mul((float) SQUARE_DECAY).add(g.mul(g).mul((float) (1 - SQUARE_DECAY)));
      m.intoArray(mean, i);
      v.intoArray(square, i);
      FloatVector step = m.mul(rate).div(v.sqrt().add((float) EPSILON));
      FloatVector.fromArray(FLOATS, value, i).sub(step).intoArray(value, i);
    }
  }
}

package io.github.posteriori.engine.vector;

import static io.github.posteriori.engine.vector.kernel.Lanes.FLOATS;
import static io.github.posteriori.engine.vector.kernel.Lanes.LEAD;
import static io.github.posteriori.engine.vector.kernel.Lanes.LENGTH;

import io.github.posteriori.engine.Network;
import io.github.posteriori.engine.Optimiser;
import io.github.posteriori.engine.vector.kernel.Lanes;
import io.github.posteriori.layers.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980), by threads that take some thousand weights each:
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
 *   value -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + e)
 * </pre>
 *
 * <p>Either of gradients that the parameters hold, or of each gradient as soon as it is known: an
 * {@link Update}, which spares writing it to memory and reading it again.
 */
final class VectorAdam implements Optimiser {
  private static final int CHUNK = Scratch.CHUNK;

  private final List<Trained> all = new ArrayList<>();

  /** By the array of their values, which no two share; a layer may describe it anew each time. */
  private final Map<INDArray, Trained> byValue = new IdentityHashMap<>();

  /** Whose parameters are known to be among them. */
  private Network known;

  private float[][] values = new float[0][];
  private float[][] gradients = new float[0][];
  private long steps;

  /** A parameter, and the running moments of its gradient, from {@link Lanes#LEAD} on. */
  private record Trained(ParameterWindow tensor, float[] mean, float[] square) {}

  VectorAdam(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (parameter.trained()) {
        ParameterWindow tensor = new ParameterWindow(parameter);
        Trained each = new Trained(tensor, Lanes.array(tensor.size()), Lanes.array(tensor.size()));
        all.add(each);
        byValue.put(parameter.value(), each);
      }
    }
  }

  @Override
  public void step(double learningRate) {
    float rate = nextRate(learningRate);
    Sessions.withWorkers(workers -> all.forEach(each -> step(each, workers, rate)));
  }

  private float nextRate(double learningRate) {
    steps++;
    double correction =
        Math.sqrt(1 - Math.pow(SQUARE_DECAY, steps)) / (1 - Math.pow(MEAN_DECAY, steps));
    return (float) (learningRate * correction);
  }

  private void step(Trained of, Workers workers, float rate) {
    if (values.length < workers.count()) {
      values = new float[workers.count()][CHUNK];
      gradients = new float[workers.count()][CHUNK];
    }
    int size = of.tensor.size();
    workers.run(
        (size + CHUNK - 1) / CHUNK,
        (task, worker) -> {
          int from = task * CHUNK;
          int count = Math.min(CHUNK, size - from);
          of.tensor.readGradient(from, count, gradients[worker], 0);
          step(of, from, count, gradients[worker], values[worker], rate);
        });
  }

  private static void step(
      Trained of, int from, int count, float[] gradient, float[] value, float rate) {
    of.tensor.read(from, count, value, 0);
    int whole = count / LENGTH * LENGTH;
    move(value, gradient, of.mean, of.square, LEAD + from, rate, whole);
    moveRest(value, gradient, of.mean, of.square, LEAD + from, rate, whole, count);
    of.tensor.write(from, count, value, 0);
  }

  /**
   * One step, of gradients that are taken as they are known.
   *
   * @throws IllegalArgumentException when the network has other parameters to train
   */
  Update update(Network network, double learningRate) {
    if (network != known) {
      for (Parameter parameter : network.parameters()) {
        if (parameter.trained() && !byValue.containsKey(parameter.value())) {
          throw new IllegalArgumentException(
              "the optimiser knows nothing of "
                  + parameter.name()
                  + ", expected one of all parameters of the network that are trained: make it of"
                  + " the network's parameters");
        }
      }
      known = network;
    }
    return new Update(learningRate);
  }

  /** A step; a loss that is not finite changes nothing. */
  final class Update implements GradientSink {
    private final double learningRate;
    private float rate;

    private Update(double learningRate) {
      this.learningRate = learningRate;
    }

    @Override
    public boolean begin(double loss) {
      if (Double.isFinite(loss)) {
        rate = nextRate(learningRate);
        return true;
      }
      return false;
    }

    @Override
    public void take(
        ParameterWindow tensor, int from, int count, float[] gradient, float[] workspace) {
      Trained of = byValue.get(tensor.parameter().value());
      if (of != null) {
        step(of, from, count, gradient, workspace, rate);
      }
    }

    @Override
    public void takeHeld(Parameter parameter, Workers workers) {
      Trained of = byValue.get(parameter.value());
      if (of != null) {
        step(of, workers, rate);
      }
    }
  }

  @Override
  public State state() {
    Map<String, Moments> moments = new LinkedHashMap<>();
    for (Trained each : all) {
      moments.put(
          each.tensor.parameter().name(),
          new Moments(
              Arrays.copyOfRange(each.mean, LEAD, each.mean.length),
              Arrays.copyOfRange(each.square, LEAD, each.square.length)));
    }
    return new State(steps, moments);
  }

  @Override
  public void restore(State state) {
    for (Trained each : all) {
      Moments saved = state.of(each.tensor.parameter().name(), each.tensor.size());
      System.arraycopy(saved.mean(), 0, each.mean, LEAD, each.tensor.size());
      System.arraycopy(saved.square(), 0, each.square, LEAD, each.tensor.size());
    }
    steps = state.steps();
  }

  private static void move(
      float[] value,
      float[] gradient,
      float[] mean,
      float[] square,
      int at,
      float rate,
      int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
      FloatVector m = FloatVector.fromArray(FLOATS, mean, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, square, at + i);
      m = m.mul((float) MEAN_DECAY).add(g.mul((float) (1 - MEAN_DECAY)));
      v = v.mul((float) SQUARE_DECAY).add(g.mul(g).mul((float) (1 - SQUARE_DECAY)));
      m.intoArray(mean, at + i);
      v.intoArray(square, at + i);
      FloatVector step = m.mul(rate).div(v.sqrt().add((float) EPSILON));
      FloatVector.fromArray(FLOATS, value, i).sub(step).intoArray(value, i);
    }
  }

  /** As {@link #move}, one by one: what lies behind may be another thread's. */
  private static void moveRest(
      float[] value,
      float[] gradient,
      float[] mean,
      float[] square,
      int at,
      float rate,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float m = mean[at + i] * (float) MEAN_DECAY + g * (float) (1 - MEAN_DECAY);
      float v = square[at + i] * (float) SQUARE_DECAY + g * g * (float) (1 - SQUARE_DECAY);
      mean[at + i] = m;
      square[at + i] = v;
      value[i] -= m * rate / ((float) Math.sqrt(v) + (float) EPSILON);
    }
  }
}

package io.github.posteriori.benchmarks;

import io.github.posteriori.BayesModule;
import io.github.posteriori.ModuleOptions;
import io.github.posteriori.annotations.Estimator;
import io.github.posteriori.networks.Kind;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Measures the limit of the processor: prints the multiply-adds of one core in a second, sixteen
 * independent ones at a time, and those that each network's training step needs.
 */
public final class Limit {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 1_000_000;
  private static final int REPEATS = 60;

  private Limit() {}

  /** Prints one line of JSON. */
  public static void main(String[] arguments) {
    StringBuilder line = new StringBuilder("{\"fma_peak_gflops\": ");
    line.append(String.format(Locale.ROOT, "%.1f", peak()));
    for (MeasuredNet net : MeasuredNet.all()) {
      for (Estimator estimator : Estimator.values()) {
        Kind kind = estimator == Estimator.POINT ? Kind.FREQUENTIST : Kind.BAYESIAN;
        BayesModule module = net.create(kind, ModuleOptions.defaults().withEstimator(estimator));
        line.append(
            String.format(
                Locale.ROOT,
                ", \"%s %s\": %d",
                net.name(),
                estimator == Estimator.POINT ? "plain" : estimator.name().toLowerCase(Locale.ROOT),
                StepCost.of(module).multiplyAdds()));
      }
    }
    System.out.println(line.append('}'));
  }

  private static double peak() {
    float[] sums = new float[16 * FLOATS.length()];
    double best = 0;
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      multiplyAndAdd(sums);
      double nanos = System.nanoTime() - start;
      best = Math.max(best, 2.0 * ROUNDS * sums.length / nanos);
    }
    return best;
  }

  private static void multiplyAndAdd(float[] sums) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, sums, 0);
    FloatVector s1 = FloatVector.fromArray(FLOATS, sums, FLOATS.length());
    FloatVector s2 = FloatVector.fromArray(FLOATS, sums, 2 * FLOATS.length());
    FloatVector s3 = FloatVector.fromArray(FLOATS, sums, 3 * FLOATS.length());
    FloatVector s4 = FloatVector.fromArray(FLOATS, sums, 4 * FLOATS.length());
    FloatVector s5 = FloatVector.fromArray(FLOATS, sums, 5 * FLOATS.length());
    FloatVector s6 = FloatVector.fromArray(FLOATS, sums, 6 * FLOATS.length());
    FloatVector s7 = FloatVector.fromArray(FLOATS, sums, 7 * FLOATS.length());
    FloatVector s8 = FloatVector.fromArray(FLOATS, sums, 8 * FLOATS.length());
    FloatVector s9 = FloatVector.fromArray(FLOATS, sums, 9 * FLOATS.length());
    FloatVector s10 = FloatVector.fromArray(FLOATS, sums, 10 * FLOATS.length());
    FloatVector s11 = FloatVector.fromArray(FLOATS, sums, 11 * FLOATS.length());
    FloatVector s12 = FloatVector.fromArray(FLOATS, sums, 12 * FLOATS.length());
    FloatVector s13 = FloatVector.fromArray(FLOATS, sums, 13 * FLOATS.length());
    FloatVector s14 = FloatVector.fromArray(FLOATS, sums, 14 * FLOATS.length());
    FloatVector s15 = FloatVector.fromArray(FLOATS, sums, 15 * FLOATS.length());
    FloatVector factor = FloatVector.broadcast(FLOATS, 0.999f);
    FloatVector term = FloatVector.broadcast(FLOATS, 0.001f);
    for (int round = 0; round < ROUNDS; round++) {
      s0 = s0.fma(factor, term);
      s1 = s1.fma(factor, term);
      s2 = s2.fma(factor, term);
      s3 = s3.fma(factor, term);
      s4 = s4.fma(factor, term);
      s5 = s5.fma(factor, term);
      s6 = s6.fma(factor, term);
      s7 = s7.fma(factor, term);
      s8 = s8.fma(factor, term);
      s9 = s9.fma(factor, term);
      s10 = s10.fma(factor, term);
      s11 = s11.fma(factor, term);
      s12 = s12.fma(factor, term);
      s13 = s13.fma(factor, term);
      s14 = s14.fma(factor, term);
      s15 = s15.fma(factor, term);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, FLOATS.length());
    s2.intoArray(sums, 2 * FLOATS.length());
    s3.intoArray(sums, 3 * FLOATS.length());
    s4.intoArray(sums, 4 * FLOATS.length());
    s5.intoArray(sums, 5 * FLOATS.length());
    s6.intoArray(sums, 6 * FLOATS.length());
    s7.intoArray(sums, 7 * FLOATS.length());
    s8.intoArray(sums, 8 * FLOATS.length());
    s9.intoArray(sums, 9 * FLOATS.length());
    s10.intoArray(sums, 10 * FLOATS.length());
    s11.intoArray(sums, 11 * FLOATS.length());
    s12.intoArray(sums, 12 * FLOATS.length());
    s13.intoArray(sums, 13 * FLOATS.length());
    s14.intoArray(sums, 14 * FLOATS.length());
    s15.intoArray(sums, 15 * FLOATS.length());
  }
}

package io.github.posteriori.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.posteriori.drawn.DrawnNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * On networks drawn at random, an engine computes what the nd4j engine defines in double precision:
 * logits, losses, every gradient, and the running statistics.
 *
 * <p>A difference is due to rounding if it is within a few hundred roundings of a float, as sums of
 * some thousand terms in some layers are. Few networks make more of a rounding: those in which a
 * value lies so close to 0 before a ReLU, or two so close together in a max-pool, that rounding
 * decides, and those that normalise a difference of almost equal numbers. There the definition is
 * asked what rounding does: it runs in floats, with weights and images that differ in their last
 * bits. Such networks are counted.
 *
 * <p>The system properties {@code posteriori.drawn.first} and {@code posteriori.drawn.count} choose
 * other seeds than 0 and those after it: {@code -Dposteriori.drawn.count=2000}. A network that
 * fails is printed as a class; {@code DrawnNetwork.small(seed)} draws it again.
 */
public abstract class DrawnNetworksContract {
  private static final double ROUNDING = 0x1p-24;

  /** Sums of n terms are off by about the root of n roundings. */
  private static final double ROUNDINGS_OF_SUMS = 256;

  /** The differences of weights and images where the definition is asked what rounding does. */
  private static final double ROUNDINGS_OF_INPUTS = 16;

  /** Each of so many runs decides by chance what rounding decides. */
  private static final int RUNS = 8;

  /** How much more an engine may be off than the largest of these. */
  private static final double FACTOR = 4;

  /** The share of networks that may make much of a rounding. */
  private static final double MOST_SENSITIVE = 0.05;

  /** The name of the engine under test. */
  protected abstract String engine();

  /** How many networks are tried. */
  protected abstract int networks();

  private LongStream seeds() {
    long first = Long.getLong("posteriori.drawn.first", 0);
    return LongStream.range(
        first, first + Integer.getInteger("posteriori.drawn.count", networks()));
  }

  @TestFactory
  Stream<DynamicTest> computeWhatIsDefined() {
    List<Long> sensitive = new ArrayList<>();
    Stream<DynamicTest> each =
        seeds()
            .mapToObj(
                seed ->
                    DynamicTest.dynamicTest(
                        "network " + seed,
                        () -> {
                          if (!agree(DrawnNetwork.small(seed))) {
                            sensitive.add(seed);
                          }
                        }));
    DynamicTest few =
        DynamicTest.dynamicTest(
            "few networks make much of a rounding",
            () ->
                assertTrue(
                    sensitive.size() <= Math.max(1, MOST_SENSITIVE * seeds().count()),
                    () -> sensitive + " of " + seeds().count()));
    return Stream.concat(each, Stream.of(few));
  }

  /** Returns whether the engine is off by no more than roundings; fails if nothing explains it. */
  private boolean agree(DrawnNetwork network) {
    Trial trial = new Trial(network);
    Results expected = trial.define();
    Results found = trial.run(engine());
    double bound = ROUNDINGS_OF_SUMS * ROUNDING;
    List<String> off =
        expected.names().stream()
            .filter(name -> !(expected.distance(name, found) <= bound))
            .toList();
    if (off.isEmpty()) {
      return true;
    }
    List<Results> rounded =
        IntStream.range(0, RUNS)
            .mapToObj(run -> trial.runRounded(run, ROUNDINGS_OF_INPUTS))
            .toList();
    List<String> faults = new ArrayList<>();
    for (String name : off) {
      double distance = expected.distance(name, found);
      double explained =
          rounded.stream().mapToDouble(run -> expected.distance(name, run)).max().orElse(0);
      if (!(distance <= bound + FACTOR * explained)) {
        faults.add("%s by %.1e, rounding by %.1e".formatted(name, distance, explained));
      }
    }
    assertTrue(
        faults.isEmpty(),
        () -> engine() + " is off: " + String.join("; ", faults) + "\n" + network);
    return false;
  }
}

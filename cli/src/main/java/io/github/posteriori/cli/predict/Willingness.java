package io.github.posteriori.cli.predict;

import io.github.posteriori.uncertainty.SelectiveRisk;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which answers are given, and which refused: those of at least some confidence, stated as such or
 * as a risk that held-out examples say belongs to it.
 *
 * @param measured risks of the network, if its checkpoint has them
 * @param risk share of wrong answers that is accepted
 * @param confidence lowest confidence that is answered
 */
public record Willingness(
    Optional<SelectiveRisk> measured, OptionalDouble risk, OptionalDouble confidence) {
  /** What is asked of a network of which no risk is known. */
  private static final double HALF = 0.5;

  /**
   * Checks a choice.
   *
   * @throws IllegalArgumentException when both are stated, or a risk without measured ones
   */
  public Willingness {
    if (risk.isPresent() && confidence.isPresent()) {
      throw new IllegalArgumentException(
          "both risk and confidence are stated, expected one of them: leave the other out");
    }
    if (risk.isPresent() && measured.isEmpty()) {
      throw new IllegalArgumentException(
          "risk is "
              + risk.getAsDouble()
              + ", but the checkpoint does not say what the network risks, expected one that train"
              + " or calibrate wrote: calibrate it, or leave the risk out");
    }
    requireShare("risk", risk);
    requireShare("confidence", confidence);
  }

  private static void requireShare(String name, OptionalDouble share) {
    if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          name + " is " + share.getAsDouble() + ", expected from 0 to 1, such as 0.05");
    }
  }

  /**
   * The accepted risk: unless stated, half of that of answering everything, or the lowest one where
   * no bound is as low.
   */
  public OptionalDouble acceptedRisk() {
    if (risk.isPresent() || confidence.isPresent() || measured.isEmpty()) {
      return risk;
    }
    SelectiveRisk risks = measured.get();
    double lowest = risks.delta().isPresent() ? risks.points().get(0).risk() : 0;
    return OptionalDouble.of(Math.max(risks.full() / 2, lowest));
  }

  /** The lowest confidence that is answered; empty where none is high enough. */
  public OptionalDouble threshold() {
    if (acceptedRisk().isEmpty()) {
      return OptionalDouble.of(confidence.orElse(HALF));
    }
    return measured
        .flatMap(risks -> risks.within(acceptedRisk().getAsDouble()))
        .map(point -> Math.min(1, point.confidence())) // means exceed 1 by rounding
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /** Returns whether an answer of this confidence is refused. */
  public boolean refuses(double probability) {
    return threshold().isEmpty() || probability < threshold().getAsDouble();
  }
}

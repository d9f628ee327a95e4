package io.github.posteriori.cli;

import io.github.posteriori.cli.run.MethodChoice;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how a training gets its uncertainty. */
final class MethodOptions {
  private static final int MEMBERS = 5;

  @Option(
      names = "--method",
      paramLabel = "M",
      defaultValue = "vi",
      description =
          "where uncertainty comes from: vi, the posterior that is trained; ensemble, networks"
              + " trained alike from different seeds; mc-dropout, dropout that stays on; laplace, a"
              + " posterior of the last layer, fitted after training (default: ${DEFAULT-VALUE})")
  private MethodChoice method = MethodChoice.VI;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "networks of an ensemble (default: 5)")
  private Integer members;

  /** Returns the method; empty for the posterior that is trained, as of old. */
  Optional<MethodChoice> method() {
    return Optional.of(method).filter(chosen -> chosen != MethodChoice.VI);
  }

  /** Returns how many members an ensemble has; empty for another method. */
  Optional<Integer> members() {
    if (method != MethodChoice.ENSEMBLE) {
      if (members != null) {
        throw new IllegalArgumentException(
            "members is "
                + members
                + ", but the method is "
                + method
                + ", which trains one network: add --method ensemble, or leave it out");
      }
      return Optional.empty();
    }
    int count = members == null ? MEMBERS : members;
    if (count < 2) {
      throw new IllegalArgumentException(
          "members is " + count + ", expected at least 2: one network is no ensemble");
    }
    return Optional.of(count);
  }
}

package io.github.posteriori.likelihood;

import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names, means and standard deviations of a training set's targets, in the units of the set.
 * Before a set is known all lists are empty: means are 0 and deviations 1.
 */
record TargetScale(List<String> names, List<Double> means, List<Double> deviations)
    implements Serializable {
  static final TargetScale UNKNOWN = new TargetScale(List.of(), List.of(), List.of());

  TargetScale {
    names = List.copyOf(names);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != names.size() || deviations.size() != names.size()) {
      throw new IllegalArgumentException(
          "%s targets have %s means and %s deviations, expected one of each for every target"
              .formatted(names.size(), means.size(), deviations.size()));
    }
    for (int k = 0; k < names.size(); k++) {
      double deviation = deviations.get(k);
      if (!Double.isFinite(means.get(k)) || !(deviation > 0 && Double.isFinite(deviation))) {
        throw new IllegalArgumentException(
            "%s has the mean %s and the deviation %s, expected finite ones above 0"
                .formatted(names.get(k), means.get(k), deviation));
      }
    }
  }

  /** Measures all targets of a set; what is constant gets the deviation 1. */
  static TargetScale of(Dataset set) {
    int[] all = IntStream.range(0, set.size()).toArray();
    Targets.Values targets = (Targets.Values) set.targets(all);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int k = 0; k < targets.width(); k++) {
      double mean = 0;
      double squares = 0;
      for (int i = 0; i < all.length; i++) { // Welford 1962
        double difference = targets.values()[i * targets.width() + k] - mean;
        mean += difference / (i + 1);
        squares += difference * difference * i / (i + 1);
      }
      double deviation = Math.sqrt(squares / all.length);
      means.add(mean);
      deviations.add(deviation > 0 ? deviation : 1);
    }
    return new TargetScale(set.targetNames(), means, deviations);
  }

  double mean(int target) {
    return means.isEmpty() ? 0 : means.get(target);
  }

  double deviation(int target) {
    return deviations.isEmpty() ? 1 : deviations.get(target);
  }
}

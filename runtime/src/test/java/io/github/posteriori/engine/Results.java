package io.github.posteriori.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of one network that engines agree on, in groups, each with what it is measured by.
 */
final class Results {
  /**
   * What a gradient is measured by beside itself: this share of the largest of its network. Where
   * many numbers cancel, as before a batch normalisation, their rounding is all that is left.
   */
  private static final double SHARE_OF_LARGEST = 1.0 / 32;

  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** Numbers, and the size by which a difference is measured. */
  private record Group(double[] numbers, double size) {}

  void add(String name, double[] numbers) {
    groups.put(name, new Group(numbers, norm(numbers)));
  }

  void add(String name, float[] numbers) {
    add(name, doubles(numbers));
  }

  /** Adds numbers that may be much smaller than what they are made of. */
  void add(String name, double[] numbers, double size) {
    groups.put(name, new Group(numbers, norm(numbers) + size));
  }

  /** Adds gradients, measured by themselves and by the largest of them. */
  void addGradients(Map<String, double[]> gradients) {
    double largest = gradients.values().stream().mapToDouble(Results::norm).max().orElse(0);
    gradients.forEach(
        (name, gradient) -> add("gradient of " + name, gradient, SHARE_OF_LARGEST * largest));
  }

  /** Adds running statistics, the means measured by their deviations as well. */
  void addStatistics(Map<String, double[]> statistics) {
    statistics.forEach(
        (name, numbers) -> {
          double[] variances = statistics.get(name.replace("running_mean", "running_var"));
          add(name, numbers, name.endsWith("running_mean") ? rootOfSum(variances) : 0);
        });
  }

  List<String> names() {
    return new ArrayList<>(groups.keySet());
  }

  /** Returns how far another's numbers of a group are from these, by their size. */
  double distance(String name, Results other) {
    Group group = groups.get(name);
    double[] found = other.groups.get(name).numbers;
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += Math.pow(group.numbers[i] - found[i], 2);
    }
    double error = Math.sqrt(sum);
    return error == 0 ? 0 : error / group.size;
  }

  static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  private static double norm(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number * number;
    }
    return Math.sqrt(sum);
  }

  private static double rootOfSum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return Math.sqrt(sum);
  }
}

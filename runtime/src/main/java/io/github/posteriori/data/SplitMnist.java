package io.github.posteriori.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SplitMNIST: MNIST cut by its digits into 2 tasks of 5 or 5 tasks of 2, each a set of its own
 * whose labels start from 0.
 *
 * <p>Task 1 of 5 has the digits 0 and 1, task 2 of 5 has 2 and 3; task 2 of 2 has 5 to 9.
 *
 * @param tasks how many there are, 2 or 5
 * @param task which one, from 1 on
 */
public record SplitMnist(int tasks, int task) implements PublishedSet {
  private static final int DIGITS = 10;

  public SplitMnist {
    if (tasks != 2 && tasks != 5) {
      throw new IllegalArgumentException(
          "SplitMNIST is asked for " + tasks + " tasks, expected 2 or 5");
    }
    if (task < 1 || task > tasks) {
      throw new IllegalArgumentException(
          "SplitMNIST is asked for task " + task + " of " + tasks + ", expected 1 to " + tasks);
    }
  }

  /** Every task of both ways to cut. */
  public static List<SplitMnist> all() {
    return Stream.of(2, 5)
        .flatMap(
            tasks -> IntStream.rangeClosed(1, tasks).mapToObj(task -> new SplitMnist(tasks, task)))
        .toList();
  }

  /** The name of this task's set, such as "splitmnist-5.1". */
  public String dataset() {
    return "splitmnist-" + tasks + "." + task;
  }

  /** How many digits this task tells apart. */
  public int classes() {
    return DIGITS / tasks;
  }

  /** The digit that has label 0 here. */
  public int firstDigit() {
    return (task - 1) * classes();
  }

  @Override
  public Dataset read(Path data, Part part) {
    return MnistFolder.MNIST.read(data, part).classRange(dataset(), firstDigit(), classes());
  }

  @Override
  public List<PublishedFile> missing(Path data, Part part) {
    return MnistFolder.MNIST.missing(data, part);
  }
}

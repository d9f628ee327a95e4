package io.github.posteriori.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SplitMNIST: MNIST divided by digit into 2 tasks of 5 or 5 tasks of 2, each a set of its own whose
 * labels start from 0.
 *
 * <p>Task 1 of 5 has the digits 0 and 1, task 2 of 5 has 2 and 3; task 2 of 2 has 5 to 9.
 *
 * @param tasks number of tasks, 2 or 5
 * @param task number of the task, from 1
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

  /** Returns every task of both divisions. */
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

  /** The number of digits of this task. */
  public int classes() {
    return DIGITS / tasks;
  }

  /** The digit with label 0 in this task. */
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

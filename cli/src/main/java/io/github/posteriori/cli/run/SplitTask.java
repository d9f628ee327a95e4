package io.github.posteriori.cli.run;

import io.github.posteriori.data.Dataset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some neighbouring classes of a set, to be learnt on their own. The parts of MNIST are SplitMNIST.
 *
 * @param task which part, from 1
 * @param tasks how many parts there are
 * @param classes of one part
 */
public record SplitTask(int task, int tasks, int classes) {

  /**
   * Lists all parts of a set.
   *
   * @param classes of the whole set
   * @throws IllegalArgumentException when it cannot be cut into so many parts of equally many
   *     classes, 2 or more
   */
  public static List<SplitTask> all(int classes, int tasks) {
    if (tasks < 2 || classes % tasks != 0 || classes / tasks < 2) {
      throw new IllegalArgumentException(
          "tasks is "
              + tasks
              + ", expected at least 2 that share "
              + classes
              + " classes evenly, 2 or more each, such as 2");
    }
    return IntStream.rangeClosed(1, tasks)
        .mapToObj(task -> new SplitTask(task, tasks, classes / tasks))
        .toList();
  }

  /** The name of this part of a set, such as {@code splitmnist-5.1}. */
  public String dataset(String whole) {
    return "split" + whole + "-" + tasks + "." + task;
  }

  /** Takes this part of a set, with labels from 0. */
  public Dataset of(Dataset whole) {
    return whole.classRange(dataset(whole.name()), (task - 1) * classes, classes);
  }
}

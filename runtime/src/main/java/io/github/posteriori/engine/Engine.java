package io.github.posteriori.engine;

import java.util.function.IntConsumer;

/**
 * Executes networks. Layers say what is computed, an engine says how; two engines given the same
 * inputs and the same noise key agree within float rounding.
 */
public interface Engine {

  /** The name of its provider. */
  String name();

  /** The traits of this machine that results depend on, such as the register width. */
  String machine();

  /**
   * Limits the native threads of this engine in the whole program; the default is one for each
   * core.
   */
  void useThreads(int threads);

  /**
   * Does numbered tasks, from 0 to {@code tasks} - 1, and returns when they are done: on its own
   * threads at once, where it has some that are free. A task may use runners of this engine.
   */
  default void share(int tasks, IntConsumer task) {
    for (int i = 0; i < tasks; i++) {
      task.accept(i);
    }
  }

  /** Opens a runner of one network, which owns all memory that belongs to the network. */
  NetworkRunner open(Network network);
}

package io.github.posteriori.engine;

/**
 * Executes networks. Layers say what is computed, an engine says how; two engines given the same
 * inputs and the same noise key agree within float rounding.
 */
public interface Engine {

  /** The name of its provider. */
  String name();

  /** What of this machine the results depend on beyond the name, such as the register width. */
  String machine();

  /**
   * Limits the native threads that this engine may use, in the whole program; unlimited, it takes
   * one for each core.
   */
  void useThreads(int threads);

  /** A runner of one network, which owns all memory that belongs to the network. */
  NetworkRunner open(Network network);
}

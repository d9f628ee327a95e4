package io.github.posteriori.pickle;

/**
 * An account of what a pickle may cost beyond one step an instruction: copies of values that it
 * makes once and uses many times.
 */
public final class Work {
  private long left;

  Work(long limit) {
    left = limit;
  }

  /**
   * Pays for a copy of {@code items} items or bytes.
   *
   * @throws PickleException when the pickle has copied more than it is worth
   */
  public void spend(long items) {
    left -= items;
    if (left < 0) {
      throw PickleException.damaged("that it copies its own values over and over", "each once");
    }
  }
}

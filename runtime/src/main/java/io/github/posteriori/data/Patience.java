package io.github.posteriori.data;

import java.time.Duration;

/**
 * How long a download waits before it gives up.
 *
 * @param attempts how often a file is asked for at most
 * @param connect for a server to take the connection
 * @param silence for the next bytes
 * @param pause before the second attempt; each further pause is twice as long
 */
record Patience(int attempts, Duration connect, Duration silence, Duration pause) {
  static final Patience USUAL =
      new Patience(5, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(1));

  void beforeAttempt(int attempt) throws InterruptedException {
    Thread.sleep(pause.toMillis() << attempt - 2);
  }
}

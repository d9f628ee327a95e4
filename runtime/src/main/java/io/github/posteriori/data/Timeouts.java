package io.github.posteriori.data;

import java.time.Duration;

/**
 * The timeouts and retries of a download.
 *
 * @param attempts largest number of attempts for a file
 * @param connect timeout for connecting to a server
 * @param silence timeout for the next bytes
 * @param pause before the second attempt; each further pause is twice as long
 */
record Timeouts(int attempts, Duration connect, Duration silence, Duration pause) {
  static final Timeouts USUAL =
      new Timeouts(5, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(1));

  void beforeAttempt(int attempt) throws InterruptedException {
    Thread.sleep(pause.toMillis() << attempt - 2);
  }
}

package io.github.posteriori.cli.serve;

import java.util.Map;

/** A request that is not answered; the message says what was found, expected, and the remedy. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  Refusal(int status, String message) {
    this(status, message, Map.of());
  }

  Refusal(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** Refuses what may succeed a second later. */
  static Refusal busy(int status, String message) {
    return new Refusal(status, message, Map.of("Retry-After", "1"));
  }

  Reply reply() {
    return Reply.json(status, Map.of("error", getMessage())).with(headers);
  }
}

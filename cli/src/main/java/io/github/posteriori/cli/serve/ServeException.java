package io.github.posteriori.cli.serve;

/** The server cannot be started; the message says what to do. */
public final class ServeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServeException(String message, Throwable cause) {
    super(message, cause);
  }
}

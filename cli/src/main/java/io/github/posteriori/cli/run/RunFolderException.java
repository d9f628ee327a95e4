package io.github.posteriori.cli.run;

/** A run's folder cannot be used; the message says what to do. */
public final class RunFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunFolderException(String message) {
    super(message);
  }

  RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}

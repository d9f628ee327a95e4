package io.github.posteriori.cli.run;

import java.nio.file.Path;

/** A run's folder cannot be used; the message says what to do. */
public final class RunFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunFolderException(String message) {
    super(message);
  }

  RunFolderException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says what was found of a file that a run has left, and what was expected. */
  static RunFolderException unusable(Path file, String found, String expected) {
    return new RunFolderException(
        file
            + " "
            + found
            + ", expected "
            + expected
            + ": train again, or name another run folder");
  }
}

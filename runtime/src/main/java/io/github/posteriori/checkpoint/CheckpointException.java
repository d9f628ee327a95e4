package io.github.posteriori.checkpoint;

import java.nio.file.Path;

/**
 * Thrown when a checkpoint cannot be read, written or loaded into a network; the message says what
 * to do.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception; {@code message} states what was found, what was expected and the remedy.
   */
  public CheckpointException(String message) {
    super(message);
  }

  /** Creates an exception with the cause from the file system or the parser. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns the exception for a checkpoint whose content contradicts itself. */
  public static CheckpointException damaged(Path file, RuntimeException cause) {
    return new CheckpointException(
        "the checkpoint "
            + file
            + " is damaged: "
            + cause.getMessage()
            + "; copy or write it again",
        cause);
  }
}

package io.github.posteriori.checkpoint;

/**
 * A checkpoint cannot be read, written, or loaded into the network at hand; the message says what
 * to do.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was found, what was expected and the remedy. */
  public CheckpointException(String message) {
    super(message);
  }

  /** As above, with what the file system or the parser said. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}

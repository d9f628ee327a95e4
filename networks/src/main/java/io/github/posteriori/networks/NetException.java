package io.github.posteriori.networks;

/** A network cannot be read or used. */
public final class NetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NetException(String message) {
    super(message);
  }

  /** Creates an exception with the cause from the file system. */
  public NetException(String message, Throwable cause) {
    super(message, cause);
  }
}

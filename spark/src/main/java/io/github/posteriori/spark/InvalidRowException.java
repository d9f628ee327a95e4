package io.github.posteriori.spark;

/** Thrown when the features of a row are not those of an example. */
final class InvalidRowException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRowException(String message) {
    super(message);
  }

  InvalidRowException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.github.posteriori.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when a data set's files are missing, damaged or not as expected.
 *
 * <p>The message names the file and says what was found, what was expected and how to fix it.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  static DataException of(Object where, String found, String expected, String remedy) {
    return of(where, found, expected, remedy, null);
  }

  static DataException unreadable(Path file, IOException cause) {
    return of(
        file,
        "that it cannot be read (" + cause + ")",
        "a readable file",
        "Check the path and its permissions.",
        cause);
  }

  /**
   * Creates an exception with the message that all of them share.
   *
   * @param where the file, folder or address
   */
  static DataException of(
      Object where, String found, String expected, String remedy, Throwable cause) {
    return new DataException(
        "%s: found %s, expected %s. %s".formatted(where, found, expected, remedy), cause);
  }
}

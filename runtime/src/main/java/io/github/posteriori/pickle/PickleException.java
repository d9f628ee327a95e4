package io.github.posteriori.pickle;

/** Thrown for a pickle that is damaged, or that asks for more than data. */
public final class PickleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean forbidden;
  private final String found;
  private final String expected;

  private PickleException(boolean forbidden, String found, String expected) {
    super("found " + found + ", expected " + expected);
    this.forbidden = forbidden;
    this.found = found;
    this.expected = expected;
  }

  /** Creates the exception for a pickle with {@code found} in place of {@code expected}. */
  public static PickleException damaged(String found, String expected) {
    return new PickleException(false, found, expected);
  }

  /** Creates the exception for a pickle that asks for {@code what}, which could run code. */
  public static PickleException forbidden(String what) {
    return new PickleException(true, what, "plain data");
  }

  /** Returns whether the pickle asks for code; otherwise it is damaged. */
  public boolean isForbidden() {
    return forbidden;
  }

  /** What the pickle holds or asks for; text of the file, not shortened. */
  public String found() {
    return found;
  }

  /** What was expected in its place. */
  public String expected() {
    return expected;
  }
}

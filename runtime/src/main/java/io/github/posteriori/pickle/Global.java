package io.github.posteriori.pickle;

/** A function or class that a pickle names. It is never called; it stands for what it builds. */
public non-sealed interface Global extends PickleValue {
  /** The name in Python, such as {@code collections.OrderedDict}. */
  String python();

  /**
   * Builds the value that Python would get by calling it.
   *
   * @throws PickleException when the arguments do not fit, or the call is not for data
   */
  default PickleValue call(Arguments arguments) {
    throw PickleException.forbidden("a call of " + python());
  }

  @Override
  default String kind() {
    return python();
  }
}

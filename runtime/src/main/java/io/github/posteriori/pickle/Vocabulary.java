package io.github.posteriori.pickle;

import java.util.Optional;

/** The names that a format's pickles may use, beside those of Python's own and NumPy's data. */
public interface Vocabulary {
  /** The vocabulary of plain pickles. */
  Vocabulary PLAIN = name -> Optional.empty();

  /**
   * Finds a function or class.
   *
   * @param name with its module, such as {@code torch.FloatStorage}
   */
  Optional<Global> find(String name);

  /**
   * Returns the value that lies outside the pickle under {@code id}.
   *
   * @throws PickleException when there is none of that kind
   */
  default PickleValue persistent(Arguments id) {
    throw PickleException.forbidden("a value outside the pickle");
  }

  /**
   * Creates the exception for an object whose class is not in this vocabulary.
   *
   * @param className the class, with its module
   * @param state of the object
   */
  default PickleException object(String className, PickleValue state) {
    return PickleException.forbidden("an object of the class " + className);
  }
}

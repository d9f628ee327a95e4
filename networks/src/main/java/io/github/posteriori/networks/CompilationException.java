package io.github.posteriori.networks;

/** A source does not compile; the message is what javac prints. */
public final class CompilationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CompilationException(String printed) {
    super(printed);
  }
}

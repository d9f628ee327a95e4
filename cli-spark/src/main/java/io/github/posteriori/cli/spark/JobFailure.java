package io.github.posteriori.cli.spark;

/** What a person can learn from a failure of Spark's. */
final class JobFailure {
  /** What {@code spark} advises programs, which the command line does in its own words. */
  private static final String ADVICE = " (setHandleInvalid";

  private JobFailure() {}

  /** Returns the first line of the innermost message: those around it tell of Spark's insides. */
  static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null && inner.getCause() != inner) {
      inner = inner.getCause();
    }
    String message = inner.getMessage();
    String line = message == null ? inner.toString() : message.lines().findFirst().orElse("");
    return line.contains(ADVICE) ? line.substring(0, line.indexOf(ADVICE)) : line;
  }
}

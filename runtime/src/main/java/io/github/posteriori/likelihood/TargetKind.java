package io.github.posteriori.likelihood;

/** The kind of targets that a likelihood explains, and so of what a network predicts. */
public enum TargetKind {
  /** One class of several. */
  CLASSES("predict"),

  /** Measurements or counts. */
  VALUES("predictValues"),

  /** Several labels at once. */
  LABELS("predictLabels");

  private final String method;

  TargetKind(String method) {
    this.method = method;
  }

  /** The name of the method by which a module predicts them. */
  public String method() {
    return method;
  }
}

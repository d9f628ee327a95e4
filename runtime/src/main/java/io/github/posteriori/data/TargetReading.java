package io.github.posteriori.data;

/** How the targets of a set are read. */
public enum TargetReading {
  /** Words and whole numbers that repeat are classes; other numbers are regressed. */
  BY_CONTENT,

  /** Words and numbers are names of classes. */
  CLASSES,

  /** Numbers are regressed, whole ones that repeat as well. */
  NUMBERS
}

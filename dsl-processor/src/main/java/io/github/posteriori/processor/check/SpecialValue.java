package io.github.posteriori.processor.check;

import io.github.posteriori.annotations.Dim;
import io.github.posteriori.annotations.Prior;

/** Shows the number of an annotation as its author wrote it: special values by their names. */
final class SpecialValue {
  private SpecialValue() {}

  static String text(int number) {
    return switch (number) {
      case Dim.FREE -> "Dim.FREE";
      case Dim.INFER -> "Dim.INFER";
      default -> String.valueOf(number);
    };
  }

  static String text(double number) {
    return number == Prior.HE ? "Prior.HE" : String.valueOf(number);
  }
}

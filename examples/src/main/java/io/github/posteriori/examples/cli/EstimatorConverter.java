package io.github.posteriori.examples.cli;

import io.github.posteriori.annotations.Estimator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code lrt}, {@code bbb} or {@code point}. */
final class EstimatorConverter implements ITypeConverter<Estimator> {
  @Override
  public Estimator convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "lrt" -> Estimator.LRT;
      case "bbb" -> Estimator.BBB;
      case "point" -> Estimator.POINT;
      default -> throw new TypeConversionException("'" + value + "' is none of lrt, bbb, point");
    };
  }
}

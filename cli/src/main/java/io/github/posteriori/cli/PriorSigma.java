package io.github.posteriori.cli;

import io.github.posteriori.annotations.Prior;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts what {@code --prior-sigma} takes: a number above 0, or {@code he}. */
final class PriorSigma implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.equals("he")) {
      return Prior.HE;
    }
    try {
      double sigma = Double.parseDouble(text);
      if (sigma > 0 && Double.isFinite(sigma)) {
        return sigma;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that will not do
    }
    throw new TypeConversionException(
        "prior-sigma is " + text + ", expected a number above 0, or he");
  }
}

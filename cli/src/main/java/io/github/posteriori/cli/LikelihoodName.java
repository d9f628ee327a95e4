package io.github.posteriori.cli;

import io.github.posteriori.likelihood.Likelihood;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a likelihood. */
final class LikelihoodName implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    try {
      return Likelihood.parse(text).name();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

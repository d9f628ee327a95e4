package io.github.posteriori.cli;

import io.github.posteriori.cli.run.MixtureText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts what {@code --prior} takes: {@code mixture:SHARE,SIGMA1,SIGMA2}. */
final class PriorMixture implements ITypeConverter<MixtureText> {
  @Override
  public MixtureText convert(String text) {
    try {
      return MixtureText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

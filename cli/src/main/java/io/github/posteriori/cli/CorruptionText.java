package io.github.posteriori.cli;

import io.github.posteriori.data.corruption.Corruption;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts what {@code --corrupt} takes: a kind and a strength. */
final class CorruptionText implements ITypeConverter<Corruption> {
  @Override
  public Corruption convert(String text) {
    try {
      return Corruption.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

package io.github.posteriori.examples.cli;

import io.github.posteriori.annotations.Activation;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code softplus}, {@code relu} or {@code tanh}. */
final class ActivationConverter implements ITypeConverter<Activation> {
  @Override
  public Activation convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "softplus" -> Activation.SOFTPLUS;
      case "relu" -> Activation.RELU;
      case "tanh" -> Activation.TANH;
      default ->
          throw new TypeConversionException("'" + value + "' is none of softplus, relu, tanh");
    };
  }
}

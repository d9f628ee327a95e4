package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Recipe;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts what {@code --recipe} takes: a recipe's name. A former name is taken too, with a notice.
 */
final class RecipeName implements ITypeConverter<Recipe> {
  @Override
  public Recipe convert(String text) {
    if (text.equals(Recipe.FORMER_ORIGINAL)) {
      System.err.printf(Locale.ROOT, "recipe '%s' is now '%s'%n", text, Recipe.ORIGINAL);
      return Recipe.ORIGINAL;
    }
    try {
      return Recipe.named(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

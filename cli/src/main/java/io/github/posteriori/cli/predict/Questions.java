package io.github.posteriori.cli.predict;

import io.github.posteriori.BayesModule;
import io.github.posteriori.cli.run.InputSize;
import io.github.posteriori.cli.run.SavedSource;
import io.github.posteriori.data.DataException;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.NumpyFile;
import io.github.posteriori.data.Table;
import io.github.posteriori.data.TableSchema;
import io.github.posteriori.layers.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the examples that a user asks a network about: pictures, the rows of tables, or arrays of
 * NumPy.
 *
 * @param module the network
 * @param pictures prepares them, if the network takes pictures
 * @param table that the network learned from, if it was one
 */
public record Questions(
    BayesModule module, Optional<PictureInput> pictures, Optional<TableSchema> table) {

  /**
   * Prepares for a network.
   *
   * @param checkpoint that it was loaded from
   * @param invert whether dark and light of pictures are exchanged
   */
  public static Questions of(BayesModule module, Path checkpoint, boolean invert) {
    return new Questions(
        module,
        module.inputShape() instanceof Shape.Image image && !InputSize.isSignal(image)
            ? Optional.of(new PictureInput(image, invert))
            : Optional.empty(),
        SavedSource.of(checkpoint).flatMap(SavedSource::table));
  }

  /** Reads a file, example by example; what cannot be read is among them. */
  public Stream<Question> read(Path file) {
    try {
      if (NumpyFile.isOne(file)) {
        return arrays(file);
      }
      return pictures.isPresent() ? picture(file, pictures.get()) : rows(file);
    } catch (DataException e) {
      return Stream.of(new Question.Unreadable(e.getMessage()));
    }
  }

  private static Stream<Question> picture(Path file, PictureInput input) {
    float[] pixels = input.read(file);
    return Stream.of(new Question.Example(file.toString(), pixels, input.hasLightGround(pixels)));
  }

  private Stream<Question> rows(Path file) {
    if (!Table.isOne(file)) {
      throw new DataException(
          file
              + ": found a file of another kind, expected a .csv or .npz file, for the network"
              + " takes "
              + InputSize.what(module.inputShape())
              + ". Save the numbers in one.");
    }
    return table
        .map(schema -> Table.ask(file, schema))
        .orElseGet(() -> Table.ask(file, module.inputShape().size()))
        .stream()
        .map(asked -> question(file, asked));
  }

  private static Question question(Path file, Table.Asked asked) {
    return asked instanceof Table.Asked.Row row
        ? new Question.Example(file + ":" + row.line(), row.features(), false)
        : new Question.Unreadable(((Table.Asked.Unreadable) asked).reason());
  }

  private Stream<Question> arrays(Path file) {
    Dataset set = InputSize.fit(NumpyFile.examples(file), module);
    if (!set.shape().equals(module.inputShape())) {
      throw new DataException(
          "%s: found examples of %s, expected %s, which the network takes. Save such numbers."
              .formatted(file, set.shape(), module.inputShape()));
    }
    return IntStream.range(0, set.size())
        .mapToObj(
            i -> {
              float[] numbers = new float[set.shape().size()];
              set.image(i, numbers, 0);
              return new Question.Example(file + "[" + i + "]", numbers, false);
            });
  }
}

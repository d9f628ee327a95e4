package io.github.posteriori.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.data.TableSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a set of the user's own lies and how it was read, as checkpoints keep it.
 *
 * @param path of the folder or file, absolute
 * @param seed by which a test part was held out, if the set has none
 * @param table how its rows become examples, if it is a table
 */
public record SavedSource(String path, long seed, Optional<TableSchema> table) {
  private static final String NOTE = "data";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addMixIn(TableSchema.class, Saved.class)
          .build();

  /** How a table is kept: one of classes says nothing of numbers. */
  private interface Saved {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<String> numbers();
  }

  /**
   * Reads what a checkpoint keeps; empty for a network that was trained on a shipped set.
   *
   * @throws CheckpointException when the file cannot be read, or is damaged
   */
  public static Optional<SavedSource> of(Path checkpoint) {
    return Checkpoint.read(checkpoint).note(NOTE).map(note -> parse(note, checkpoint.toString()));
  }

  /** Returns what a module keeps, as {@link #of(Path)} reads it. */
  static Optional<SavedSource> of(BayesModule module) {
    return Checkpoint.note(module, NOTE).map(note -> parse(note, "of " + module.definition()));
  }

  private static SavedSource parse(String note, String checkpoint) {
    try {
      SavedSource source = JSON.readValue(note, SavedSource.class);
      if (source != null && source.path != null && source.table != null) {
        return source;
      }
    } catch (JsonProcessingException e) {
      // It is as good as none.
    }
    throw new CheckpointException(
        "the checkpoint "
            + checkpoint
            + " is damaged: it does not say where its data were; copy or write it again");
  }

  /** Keeps this with a module, so that its checkpoints say it. */
  void keepWith(BayesModule module) {
    try {
      Checkpoint.note(module, NOTE, JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers are always JSON", e);
    }
  }
}

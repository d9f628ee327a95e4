package io.github.posteriori.networks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.posteriori.BayesModule;
import io.github.posteriori.Checkpoint;
import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointOutput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The source of a network.
 *
 * @param file its name, without folders
 * @param text what it holds
 */
public record NetSource(String file, String text) {
  /** The ending of a source's name. */
  static final String SUFFIX = ".java";

  private static final String NOTE = "source";
  private static final Pattern FILE = Pattern.compile("[^\\p{Cntrl}/\\\\:.][^\\p{Cntrl}/\\\\:]*");
  private static final JsonMapper JSON = new JsonMapper();

  public NetSource {
    Objects.requireNonNull(text, "text");
    if (!FILE.matcher(file).matches() || !file.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "the source is called '" + file + "', expected the name of a file such as Net.java");
    }
  }

  /**
   * Reads a file, which is there.
   *
   * @throws NetException when it cannot be read
   */
  static NetSource read(Path path) {
    try {
      return new NetSource(path.getFileName().toString(), Files.readString(path));
    } catch (CharacterCodingException e) {
      throw new NetException("the source " + path + " is no text, expected a class in UTF-8", e);
    } catch (IOException e) {
      throw new NetException(
          "cannot read the source "
              + path
              + " ("
              + CheckpointOutput.reason(e)
              + "), expected a class with @BayesModel: name another file",
          e);
    }
  }

  /**
   * Returns the source that a checkpoint carries, if it does.
   *
   * @param file the checkpoint, for messages
   * @throws CheckpointException when it is damaged
   */
  static Optional<NetSource> of(Checkpoint checkpoint, Path file) {
    return checkpoint.note(NOTE).map(note -> parse(note, file));
  }

  /**
   * Returns the source that a checkpoint carries, if it does.
   *
   * @throws CheckpointException when it is damaged
   */
  public static Optional<NetSource> in(Path checkpoint) {
    return of(Checkpoint.read(checkpoint), checkpoint);
  }

  /** Returns whether a file holds this very source. */
  public boolean isIn(Path path) {
    try {
      return Files.readString(path).equals(text);
    } catch (IOException e) {
      return false;
    }
  }

  private static NetSource parse(String note, Path file) {
    try {
      return Objects.requireNonNull(JSON.readValue(note, NetSource.class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " is damaged: the source of its network is not readable; copy or write it again",
          e);
    }
  }

  /** Returns this source as a checkpoint carries it. */
  private String note() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are always JSON", e);
    }
  }

  /** Lets the checkpoints of a module carry this source. */
  void keepWith(BayesModule module) {
    Checkpoint.note(module, NOTE, note());
  }
}

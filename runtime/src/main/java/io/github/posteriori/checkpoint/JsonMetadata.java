package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads and writes records of strings and numbers as JSON in the metadata of a safetensors file.
 */
public final class JsonMetadata {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private JsonMetadata() {}

  /** Returns the JSON of a record of strings and numbers. */
  public static String write(Object record) {
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers are always JSON", e);
    }
  }

  /**
   * Reads the record under {@code key}.
   *
   * @throws CheckpointException when the record is missing or damaged
   */
  public static <T> T read(Path file, Map<String, String> metadata, String key, Class<T> type) {
    try {
      T value = JSON.readValue(metadata.getOrDefault(key, "null"), type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          "the checkpoint "
              + file
              + " is damaged: its "
              + key
              + " is not readable; copy or write it again",
          e);
    }
    throw new CheckpointException(
        "the checkpoint " + file + " lacks its " + key + ": it was not written by Posteriori");
  }
}

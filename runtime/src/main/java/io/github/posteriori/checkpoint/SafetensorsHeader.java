package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read token by token, so that it takes the memory of what
 * it describes.
 *
 * @param metadata the map of strings, empty if there is none
 * @param entries the tensors, in the order of the header
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  /** The most tensors accepted; each takes some hundred bytes of memory. */
  private static final int MOST_TENSORS = 50_000;

  /** The most dimensions accepted, PyTorch's own limit. */
  private static final int MOST_DIMENSIONS = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /**
   * The description of a tensor.
   *
   * @param begin start of its bytes, after the header
   * @param end of its bytes
   */
  record Entry(String name, NumberType type, long[] shape, long begin, long end) {}

  /** Parses a header of {@code length} bytes, which begins at byte 8. */
  static SafetensorsHeader parse(CheckpointInput input, int length) throws IOException {
    byte[] bytes = input.bytes(8, length).array();
    try (JsonParser json = JSON.createParser(bytes)) {
      return new Parser(input, json).header();
    } catch (JacksonException e) {
      throw new CheckpointException(
          input.file()
              + " is not a safetensors file: its header is not JSON ("
              + CheckpointInput.shown(e.getOriginalMessage())
              + "); check the path, or write the file again",
          e);
    }
  }

  /** The parser at work, one token ahead of what it has read. */
  private record Parser(CheckpointInput input, JsonParser json) {

    SafetensorsHeader header() throws IOException {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw input.damaged("its header is no JSON object", "one");
      }
      Map<String, String> metadata = Map.of();
      List<Entry> entries = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (!name.equals(Safetensors.METADATA)) {
          entries.add(entry(name));
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
          metadata = metadata();
        }
        if (entries.size() > MOST_TENSORS) {
          throw input.damaged("its header lists tensor " + name, "at most " + MOST_TENSORS);
        }
      }
      if (json.nextToken() != null) {
        throw input.damaged("its header goes on after the JSON object", "spaces at most");
      }
      return new SafetensorsHeader(metadata, entries);
    }

    private Map<String, String> metadata() throws IOException {
      requireToken(JsonToken.START_OBJECT, "its metadata are", "an object of strings");
      Map<String, String> metadata = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        requireToken(JsonToken.VALUE_STRING, "the metadata " + key + " is", "a string");
        metadata.put(key, json.getText());
      }
      return metadata;
    }

    private Entry entry(String name) throws IOException {
      requireToken(JsonToken.START_OBJECT, "tensor " + name + " is", "an object");
      String type = "";
      long[] shape = null;
      long[] offsets = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "dtype" -> type = json.getText();
          case "shape" -> shape = numbers(name);
          case "data_offsets" -> offsets = numbers(name);
          default -> json.skipChildren();
        }
      }
      return checked(name, type, shape, offsets);
    }

    private long[] numbers(String name) throws IOException {
      requireToken(JsonToken.START_ARRAY, "tensor " + name + " has", "lists of numbers");
      long[] numbers = new long[4];
      int count = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        boolean whole =
            json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!whole || json.getLongValue() < 0) {
          throw input.damaged(
              "tensor " + name + " has the number " + json.getText(),
              "a whole number of at least 0");
        }
        if (count == MOST_DIMENSIONS) {
          throw input.damaged(
              "tensor " + name + " has more than " + count + " dimensions", "fewer");
        }
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = json.getLongValue();
      }
      return Arrays.copyOf(numbers, count);
    }

    private Entry checked(String name, String typeName, long[] shape, long[] offsets) {
      NumberType type =
          NumberType.named(typeName)
              .orElseThrow(
                  () ->
                      new CheckpointException(
                          "the checkpoint "
                              + input.file()
                              + " has a tensor "
                              + CheckpointInput.shown(name)
                              + " of the type '"
                              + CheckpointInput.shown(typeName)
                              + "', expected one of "
                              + List.of(NumberType.values())
                              + ": save it as F32"));
      if (shape == null || offsets == null || offsets.length != 2 || offsets[1] < offsets[0]) {
        throw input.damaged(
            "tensor " + name + " lacks its shape, or its offsets", "a shape, a begin and an end");
      }
      long length = type.size();
      try {
        for (long dimension : shape) {
          length = Math.multiplyExact(length, dimension);
        }
      } catch (ArithmeticException e) {
        throw input.damaged(
            "tensor " + name + " has the shape " + Arrays.toString(shape),
            "one that fits into memory");
      }
      if (length != offsets[1] - offsets[0] || length > Integer.MAX_VALUE) {
        throw input.damaged(
            "tensor "
                + name
                + " of shape "
                + Arrays.toString(shape)
                + " has "
                + (offsets[1] - offsets[0])
                + " bytes",
            String.valueOf(length));
      }
      return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private void requireToken(JsonToken token, String found, String expected) throws IOException {
      if (json.currentToken() != token) {
        throw input.damaged(found + " " + json.getText(), expected);
      }
    }
  }
}

package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files that may be damaged or hostile: memory is allocated only for what the
 * file is known to hold, and tensors may neither overlap nor leave gaps.
 */
final class SafetensorsReader {
  /**
   * The longest header accepted, in bytes. The format allows 100 MB, which would take gigabytes as
   * parsed JSON; a tensor needs about a hundred bytes.
   */
  private static final long LONGEST_HEADER = 2_000_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final CheckpointInput input;

  private SafetensorsReader(CheckpointInput input) {
    this.input = input;
  }

  static Safetensors read(Path file) {
    return CheckpointInput.read(file, "safetensors", input -> new SafetensorsReader(input).read());
  }

  private Safetensors read() throws IOException {
    long size = input.size();
    if (size < 8) {
      throw damaged("it has " + size + " bytes", "at least 8");
    }
    long headerLength = input.bytes(0, 8).getLong();
    if (headerLength < 2 || headerLength > Math.min(size - 8, LONGEST_HEADER)) {
      throw damaged(
          "its header claims " + Long.toUnsignedString(headerLength) + " bytes",
          "at most " + Math.min(size - 8, LONGEST_HEADER));
    }
    JsonNode header = header((int) headerLength);
    long dataStart = 8 + headerLength;
    Map<String, String> metadata = new LinkedHashMap<>();
    List<TensorEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(Safetensors.METADATA)) {
        metadata.putAll(metadata(entry.getValue()));
      } else {
        entries.add(entry(entry.getKey(), entry.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long expectedOffset = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin != expectedOffset) {
        throw damaged(
            "tensor " + entry.name + " starts at " + entry.begin, String.valueOf(expectedOffset));
      }
      if (entry.end > size - dataStart) {
        throw damaged(
            "tensor " + entry.name + " ends at " + entry.end, "at most " + (size - dataStart));
      }
      tensors.put(entry.name, tensor(entry, dataStart));
      expectedOffset = entry.end;
    }
    if (expectedOffset != size - dataStart) {
      throw damaged("its tensors end at byte " + expectedOffset, String.valueOf(size - dataStart));
    }
    String stated = metadata.remove(Safetensors.CHECKSUM);
    Safetensors content = new Safetensors(metadata, tensors);
    requireChecksum(content.checksum(), stated);
    return content;
  }

  /** Checks the checksum of a file; files of other programs state none. */
  private void requireChecksum(String found, String stated) {
    if (stated != null && !stated.equals(found)) {
      throw damaged(
          "the checksum of its contents is " + found,
          stated
              + " as its metadata state under "
              + Safetensors.CHECKSUM
              + ", an entry that a program which changes the contents leaves out");
    }
  }

  private JsonNode header(int length) throws IOException {
    JsonNode header;
    try {
      header = JSON.readTree(input.bytes(8, length).array());
    } catch (IOException e) {
      throw new CheckpointException(
          input.file()
              + " is not a safetensors file: its header is not JSON; check the path, or write the"
              + " file again",
          e);
    }
    if (!header.isObject()) {
      throw damaged("its header is no JSON object", "one");
    }
    return header;
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()) {
        throw damaged(
            "the metadata " + entry.getKey() + " is " + entry.getValue().getNodeType(), "a string");
      }
      metadata.put(entry.getKey(), entry.getValue().textValue());
    }
    return metadata;
  }

  /** The header's entry of a tensor. */
  private record TensorEntry(String name, long[] shape, long begin, long end) {}

  private TensorEntry entry(String name, JsonNode node) {
    if (!node.path("dtype").asText().equals("F32")) {
      throw damaged("tensor " + name + " has the type " + node.path("dtype"), "F32");
    }
    long[] shape = wholeNumbers(name, node.path("shape"));
    long[] offsets = wholeNumbers(name, node.path("data_offsets"));
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw damaged(
          "tensor " + name + " has the offsets " + node.path("data_offsets"), "a begin and an end");
    }
    long length = 4;
    try {
      for (long dimension : shape) {
        length = Math.multiplyExact(length, dimension);
      }
    } catch (ArithmeticException e) {
      throw damaged(
          "tensor " + name + " has the shape " + node.path("shape"), "one that fits into memory");
    }
    if (length != offsets[1] - offsets[0] || length > Integer.MAX_VALUE) {
      throw damaged(
          "tensor "
              + name
              + " of shape "
              + node.path("shape")
              + " has "
              + (offsets[1] - offsets[0])
              + " bytes",
          String.valueOf(length));
    }
    return new TensorEntry(name, shape, offsets[0], offsets[1]);
  }

  private long[] wholeNumbers(String name, JsonNode array) {
    if (!array.isArray()) {
      throw damaged("tensor " + name + " lacks its shape or its offsets", "both");
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = array.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw damaged(
            "tensor " + name + " has the number " + number, "a whole number of at least 0");
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }

  private Tensor tensor(TensorEntry entry, long dataStart) throws IOException {
    float[] values = new float[(int) ((entry.end - entry.begin) / 4)];
    input.bytes(dataStart + entry.begin, entry.end - entry.begin).asFloatBuffer().get(values);
    return new Tensor(entry.shape, values).requireFinite(entry.name, input);
  }

  private CheckpointException damaged(String found, String expected) {
    return input.damaged(found, expected);
  }
}

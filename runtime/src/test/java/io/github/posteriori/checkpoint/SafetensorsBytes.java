package io.github.posteriori.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A safetensors file as another program writes it. */
public final class SafetensorsBytes {
  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** Adds a map of strings that need no escapes but that of quotes. */
  public SafetensorsBytes metadata(Map<String, String> metadata) {
    List<String> strings = new ArrayList<>();
    metadata.forEach((key, value) -> strings.add(quoted(key) + ":" + quoted(value)));
    entries.add("\"__metadata__\":{" + String.join(",", strings) + "}");
    return this;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Adds a tensor of one type, whose bytes are given. */
  public SafetensorsBytes tensor(String name, String type, long[] shape, byte[] bytes) {
    int begin = data.size();
    data.writeBytes(bytes);
    entries.add(
        quoted(name)
            + ":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(type, Arrays.toString(shape), begin, data.size()));
    return this;
  }

  /** Adds tensors as float64, which holds them exactly. */
  public SafetensorsBytes doubles(Map<String, Tensor> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          ByteBuffer bytes = littleEndian(8 * tensor.values().length);
          for (float value : tensor.values()) {
            bytes.putDouble(value);
          }
          tensor(name, "F64", tensor.shape(), bytes.array());
        });
    return this;
  }

  /** Adds tensors as bfloat16, which cuts off half of the bits. */
  public SafetensorsBytes halves(Map<String, Tensor> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          ByteBuffer bytes = littleEndian(2 * tensor.values().length);
          for (float value : tensor.values()) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >> 16));
          }
          tensor(name, "BF16", tensor.shape(), bytes.array());
        });
    return this;
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = littleEndian(8 + header.length + data.size());
    bytes.putLong(header.length).put(header).put(data.toByteArray());
    return Files.write(file, bytes.array());
  }
}

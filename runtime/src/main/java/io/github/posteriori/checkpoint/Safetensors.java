package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A safetensors file: named tensors and a map of strings.
 *
 * <p>Layout: the length of the header as a little-endian 64-bit number, the header as JSON, the
 * tensors' bytes one after the other. Source: the format's description in the repository
 * huggingface/safetensors.
 *
 * <p>The format has no checksum, and a weight with a flipped bit is still a number. Files written
 * here therefore carry one in the metadata, where other programs ignore it.
 *
 * @param metadata the header's {@code __metadata__}, without the checksum
 * @param tensors by name, in the order of the file
 */
public record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  static final String METADATA = "__metadata__";
  static final String CHECKSUM = "posteriori.crc32c";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads an untrusted file; see {@link SafetensorsReader}. */
  public static Safetensors read(Path file) {
    return SafetensorsReader.read(file);
  }

  /** Writes a file; an existing one is replaced atomically. */
  public void write(Path file) {
    CheckpointOutput.write(
        file,
        output -> {
          output.put(header());
          for (Tensor tensor : tensors.values()) {
            output.put(tensor.bytes());
          }
        });
  }

  /**
   * Returns the CRC-32C of the names and contents of all metadata and tensors, in the order of
   * their names, so that the order in the file does not matter.
   */
  String checksum() {
    CRC32C crc = new CRC32C();
    new TreeMap<>(metadata).forEach((key, value) -> crc.update(line(key, value)));
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              crc.update(line(name, Arrays.toString(tensor.shape())));
              crc.update(tensor.bytes());
            });
    return String.format("%08x", crc.getValue());
  }

  private static byte[] line(String name, String text) {
    return (name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private ByteBuffer header() throws JsonProcessingException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode strings = header.putObject(METADATA);
    metadata.forEach(strings::put);
    strings.put(CHECKSUM, checksum());
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode description = header.putObject(entry.getKey());
      description.put("dtype", "F32");
      for (long size : entry.getValue().shape()) {
        description.withArray("shape").add(size);
      }
      long end = offset + 4L * entry.getValue().values().length;
      description.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padding = -json.length & 7; // the data starts at a multiple of 8, as other writers align it
    String text = new String(json, StandardCharsets.UTF_8) + " ".repeat(padding);
    byte[] padded = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length)
        .put(padded)
        .flip();
  }
}

package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file: named tensors and a map of strings.
 *
 * <p>Layout: the length of the header as a little-endian 64-bit number, the header as JSON, the
 * tensors' bytes one after the other. Source: the format's description in the repository
 * huggingface/safetensors.
 *
 * <p>Of a pruned tensor the weights kept are stored, and a mask; see {@link PrunedTensors}.
 *
 * <p>The format has no checksum, and a weight with a flipped bit is still a number. Files written
 * here therefore carry a {@link Checksum}.
 *
 * @param metadata the header's {@code __metadata__}, without the checksum and what describes pruned
 *     tensors
 * @param tensors by name, in the order of the file; other floating types become float32
 * @param ignored names of tensors that are not weights: counters and flags (integer types), which
 *     are not written
 */
public record Safetensors(
    Map<String, String> metadata, Map<String, Tensor> tensors, List<String> ignored) {
  static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Creates the contents of a file that holds weights alone. */
  public Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
    this(metadata, tensors, List.of());
  }

  /** Reads an untrusted file; see {@link SafetensorsReader}. */
  public static Safetensors read(Path file) {
    return SafetensorsReader.read(file);
  }

  /** Writes a file; an existing one is replaced atomically. */
  public void write(Path file) {
    CheckpointOutput.write(
        file,
        output -> {
          PrunedTensors pruned = PrunedTensors.of(tensors);
          output.put(header(pruned));
          for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            output.put(pruned.stored(entry.getKey(), entry.getValue()).bytes());
          }
          for (byte[] mask : pruned.masks().values()) {
            output.put(ByteBuffer.wrap(mask));
          }
        });
  }

  private ByteBuffer header(PrunedTensors pruned) throws JsonProcessingException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode strings = header.putObject(METADATA);
    Checksum.added(pruned.addedTo(metadata), tensors).forEach(strings::put);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor stored = pruned.stored(entry.getKey(), entry.getValue());
      ObjectNode description = header.putObject(entry.getKey());
      offset = describe(description, NumberType.F32, stored.shape(), offset);
    }
    for (Map.Entry<String, byte[]> mask : pruned.masks().entrySet()) {
      long[] shape = {mask.getValue().length};
      offset = describe(header.putObject(mask.getKey()), NumberType.U8, shape, offset);
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

  /** Describes a tensor whose bytes begin at {@code offset}, and returns where they end. */
  private static long describe(ObjectNode description, NumberType type, long[] shape, long offset) {
    description.put("dtype", type.name());
    long end = type.size();
    for (long size : shape) {
      description.withArray("shape").add(size);
      end *= size;
    }
    end += offset;
    description.putArray("data_offsets").add(offset).add(end);
    return end;
  }
}

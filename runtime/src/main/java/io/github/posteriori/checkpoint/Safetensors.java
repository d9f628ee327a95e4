package io.github.posteriori.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A safetensors file: named tensors and a map of strings.
 *
 * <p>Layout: the length of the header as a little-endian 64-bit number, the header as JSON, the
 * tensors' bytes one after the other. Source: the format's description in the repository
 * huggingface/safetensors.
 *
 * @param metadata what the header holds under {@code __metadata__}
 * @param tensors by name, in the order of the file
 */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a file written by anybody; see {@link SafetensorsReader}. */
  static Safetensors read(Path file) {
    return SafetensorsReader.read(file);
  }

  /**
   * Writes to a temporary name beside {@code file}, forces it to the disk and renames it: the file
   * is whole or absent.
   */
  void write(Path file) {
    Path target = file.toAbsolutePath();
    Path temporary =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        writeFully(channel, header());
        for (Tensor tensor : tensors.values()) {
          writeFully(channel, bytes(tensor));
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      delete(temporary);
      throw new CheckpointException(
          "cannot write the checkpoint "
              + file
              + " ("
              + reason(e)
              + "): choose a folder that exists, is writable and has room",
          e);
    }
  }

  private ByteBuffer header() throws JsonProcessingException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode strings = header.putObject(METADATA);
    metadata.forEach(strings::put);
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
    return littleEndian(8 + padded.length).putLong(padded.length).put(padded).flip();
  }

  private static ByteBuffer bytes(Tensor tensor) {
    ByteBuffer bytes = littleEndian(4 * tensor.values().length);
    bytes.asFloatBuffer().put(tensor.values());
    return bytes;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // The write has failed already, and that is what the user needs to know.
    }
  }

  /** The file system's reason without the path, which the message names already. */
  static String reason(IOException e) {
    String detail = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return detail == null ? e.getClass().getSimpleName() : detail;
  }
}

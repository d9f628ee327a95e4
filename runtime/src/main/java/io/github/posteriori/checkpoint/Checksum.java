package io.github.posteriori.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The checksum of a safetensors file, which stands in its metadata, where other programs ignore it.
 *
 * <p>It is the CRC-32C of the names and contents of all tensors and of the metadata it is said to
 * cover, each in the order of their names, so that neither the order in the file matters nor what
 * another program adds to the metadata.
 */
final class Checksum {
  static final String KEY = "posteriori.crc32c";

  /** Under this key a JSON array has the names of the metadata that the checksum covers. */
  private static final String COVERED_KEY = "posteriori.crc32c.metadata";

  /** The metadata that version 0.1 wrote and covered, without saying so. */
  private static final Set<String> COVERED_BEFORE =
      Set.of("architecture", "options", "posteriori", "provenance", "training");

  private Checksum() {}

  /** Returns the metadata followed by a checksum, which covers all of them. */
  static Map<String, String> added(Map<String, String> metadata, Map<String, Tensor> tensors) {
    Map<String, String> added = new LinkedHashMap<>(metadata);
    added.put(COVERED_KEY, JsonMetadata.write(new TreeSet<>(metadata.keySet())));
    added.put(KEY, of(added, tensors));
    return added;
  }

  /** Returns the metadata without a checksum. */
  static Map<String, String> removed(Map<String, String> metadata) {
    Map<String, String> removed = new LinkedHashMap<>(metadata);
    removed.keySet().removeAll(List.of(KEY, COVERED_KEY));
    return removed;
  }

  /**
   * Compares the checksum that a file states, if any, with that of its contents.
   *
   * @throws CheckpointException when they differ
   */
  static void verify(
      Map<String, String> metadata, Map<String, Tensor> tensors, CheckpointInput input) {
    String stated = metadata.get(KEY);
    if (stated == null) {
      return;
    }
    Map<String, String> covered = new LinkedHashMap<>(metadata);
    covered.remove(KEY);
    String found = of(covered, tensors);
    if (!found.equals(stated)) {
      covered.keySet().retainAll(covered(metadata, input));
      found = of(covered, tensors);
    }
    if (!found.equals(stated)) {
      throw input.damaged(
          "the checksum of its contents is " + found,
          stated
              + " as its metadata state under "
              + KEY
              + ", an entry that a program which changes the contents leaves out");
    }
  }

  private static Set<String> covered(Map<String, String> metadata, CheckpointInput input) {
    if (!metadata.containsKey(COVERED_KEY)) {
      return COVERED_BEFORE;
    }
    String[] stated = JsonMetadata.read(input.file(), metadata, COVERED_KEY, String[].class);
    Set<String> covered = new HashSet<>(Arrays.asList(stated));
    covered.add(COVERED_KEY);
    return covered;
  }

  private static String of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    CRC32C crc = new CRC32C();
    new TreeMap<>(metadata).forEach((key, value) -> crc.update(line(key, value)));
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              crc.update(line(name, Arrays.toString(tensor.shape())));
              crc.update(tensor.bytes());
            });
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static byte[] line(String name, String text) {
    return (name + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8);
  }
}

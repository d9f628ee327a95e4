package io.github.posteriori.checkpoint;

import io.github.posteriori.layers.Mask;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pruned tensors of a safetensors file, of which only the values kept are stored, in their
 * order and under the tensor's name. A mask of one bit a value stands behind all tensors, as {@link
 * Mask#bytes}; mean and rho of a weight share one. The metadata say under {@code posteriori.pruned}
 * how to put each tensor together: its shape, the name of its mask and the value of what is pruned.
 */
final class PrunedTensors {
  private static final String KEY = "posteriori.pruned";

  /** Follows the name of the first tensor that a mask belongs to. */
  private static final String MASK = "-mask";

  /** The most numbers that a byte of the file becomes: a bit of a mask, for mean and for rho. */
  private static final int MOST_NUMBERS_OF_BYTE = 16;

  private final Map<String, Description> descriptions;
  private final Map<String, byte[]> masks;

  /**
   * What makes a tensor of the values kept.
   *
   * @param shape of the whole tensor
   * @param mask name of the tensor that holds its mask
   * @param value of what is pruned
   */
  private record Description(long[] shape, String mask, float value) {}

  private PrunedTensors(Map<String, Description> descriptions, Map<String, byte[]> masks) {
    this.descriptions = descriptions;
    this.masks = masks;
  }

  /** Finds the pruned ones among the tensors of a file to be written. */
  static PrunedTensors of(Map<String, Tensor> tensors) {
    Map<String, Description> descriptions = new LinkedHashMap<>();
    Map<String, byte[]> masks = new LinkedHashMap<>();
    Map<Mask, String> names = new IdentityHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            tensor
                .mask()
                .ifPresent(
                    mask -> {
                      String maskName = names.computeIfAbsent(mask, m -> name + MASK);
                      masks.computeIfAbsent(maskName, n -> mask.bytes());
                      descriptions.put(
                          name, new Description(tensor.shape(), maskName, tensor.pruned()));
                    }));
    return new PrunedTensors(descriptions, masks);
  }

  /** The masks by the names of their tensors, in order. */
  Map<String, byte[]> masks() {
    return masks;
  }

  /** Returns a tensor as it is stored. */
  Tensor stored(String name, Tensor tensor) {
    if (!descriptions.containsKey(name)) {
      return tensor;
    }
    float[] kept = tensor.mask().orElseThrow().select(tensor.values());
    return new Tensor(new long[] {kept.length}, kept);
  }

  /** Returns the metadata and, where something is pruned, what describes it. */
  Map<String, String> addedTo(Map<String, String> metadata) {
    Map<String, String> added = new LinkedHashMap<>(metadata);
    if (!descriptions.isEmpty()) {
      added.put(KEY, JsonMetadata.write(descriptions));
    }
    return added;
  }

  /** Returns the metadata without what {@link #addedTo} adds. */
  static Map<String, String> removedFrom(Map<String, String> metadata) {
    Map<String, String> removed = new LinkedHashMap<>(metadata);
    removed.remove(KEY);
    return removed;
  }

  /**
   * Reads which tensors of a file are pruned.
   *
   * @throws CheckpointException when the metadata are damaged
   */
  static PrunedTensors read(Path file, Map<String, String> metadata) {
    Map<String, Description> descriptions =
        metadata.containsKey(KEY)
            ? JsonMetadata.read(file, metadata, KEY, Descriptions.class)
            : Map.of();
    return new PrunedTensors(descriptions, Map.of());
  }

  /** The type of the JSON. */
  private static final class Descriptions extends LinkedHashMap<String, Description> {
    private static final long serialVersionUID = 1L;
  }

  /** Returns the names of the tensors that hold masks. */
  Set<String> maskNames() {
    return descriptions.values().stream()
        .filter(Objects::nonNull)
        .map(Description::mask)
        .collect(Collectors.toSet());
  }

  /**
   * Puts the pruned tensors together, in place of their stored values.
   *
   * @param masks contents of those tensors of {@link #maskNames} that hold bytes
   * @throws CheckpointException when values, mask and shape do not fit each other
   */
  void expand(Map<String, Tensor> tensors, Map<String, byte[]> masks, CheckpointInput input) {
    Map<List<Object>, Mask> shared = new LinkedHashMap<>();
    long room = MOST_NUMBERS_OF_BYTE * input.size();
    for (Map.Entry<String, Description> entry : descriptions.entrySet()) {
      String name = entry.getKey();
      Description description = entry.getValue();
      Tensor kept = tensors.get(name);
      byte[] bytes = description == null ? null : masks.get(description.mask);
      if (kept == null || bytes == null || description.shape == null) {
        throw input.damaged("the pruned tensor " + name + " lacks values or mask", "both");
      }
      long size = size(description.shape, room);
      room -= size;
      if (room < 0) {
        throw input.damaged(
            "the pruned tensor " + name + " is larger than its file can hold", "a smaller shape");
      }
      Mask mask;
      try {
        mask =
            shared.computeIfAbsent(
                List.of(description.mask, size), key -> Mask.of(bytes, (int) size));
      } catch (IllegalArgumentException e) {
        throw input.damaged("of the pruned tensor " + name + " " + e.getMessage(), "a mask of it");
      }
      if (kept.values().length != mask.kept() || !Float.isFinite(description.value)) {
        throw input.damaged(
            "the pruned tensor " + name + " has " + kept.values().length + " values",
            mask.kept() + ", as its mask keeps, and a finite one for the others");
      }
      tensors.put(name, Tensor.pruned(description.shape, kept.values(), mask, description.value));
    }
  }

  /** Returns how many numbers a shape has, or more than {@code most} if there are more. */
  private static long size(long[] shape, long most) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || dimension > 0 && size > Math.min(most, Integer.MAX_VALUE) / dimension) {
        return Long.MAX_VALUE / 2;
      }
      size *= dimension;
    }
    return size;
  }
}

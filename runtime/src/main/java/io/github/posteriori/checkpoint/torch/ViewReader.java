package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads tensors with any strides from their storages: each storage is read once, and tensors that
 * share one get copies.
 */
final class ViewReader {
  /**
   * The largest ratio of numbers in all tensors to numbers in their storages: weights may be tied,
   * but a small file must not grow without bounds.
   */
  private static final long MOST_COPIES = 4;

  private final Archive archive;
  private final CheckpointInput input;
  private final Map<String, float[]> storages = new HashMap<>();
  private long room;

  ViewReader(Archive archive, CheckpointInput input) {
    this.archive = archive;
    this.input = input;
  }

  /** Reads the tensor {@code name}, row-major. */
  Tensor read(String name, View view) throws IOException {
    long count = count(name, view);
    if (count > 0) {
      requireInside(name, view);
    }
    float[] storage = storage(view.storage());
    if (count > storage.length || count > room) {
      throw input.damaged(
          "tensor "
              + name
              + " repeats the numbers of its storage: it has "
              + count
              + " for "
              + storage.length,
          "a tensor saved after contiguous()");
    }
    room -= count;
    long[] shape = view.shape().stream().mapToLong(Long::longValue).toArray();
    long[] strides = view.strides().stream().mapToLong(Long::longValue).toArray();
    return new Tensor(shape, gather(storage, view.offset(), shape, strides, (int) count))
        .requireFinite(name, input);
  }

  private long count(String name, View view) {
    List<Long> shape = view.shape();
    boolean negative =
        view.offset() < 0
            || shape.stream().anyMatch(size -> size < 0)
            || view.strides().stream().anyMatch(stride -> stride < 0);
    if (negative || shape.size() != view.strides().size()) {
      throw input.damaged(
          "tensor "
              + name
              + " has the shape "
              + shape
              + ", the strides "
              + view.strides()
              + " and the offset "
              + view.offset(),
          "one stride for each dimension and nothing below 0");
    }
    // A size of 0 makes the tensor empty, even if the product of the others would overflow.
    if (shape.contains(0L)) {
      return 0;
    }
    try {
      return shape.stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw input.damaged(
          "tensor " + name + " has the shape " + shape, "one that fits its storage");
    }
  }

  private void requireInside(String name, View view) {
    long last = view.offset();
    try {
      for (int d = 0; d < view.shape().size(); d++) {
        last =
            Math.addExact(last, Math.multiplyExact(view.shape().get(d) - 1, view.strides().get(d)));
      }
    } catch (ArithmeticException e) {
      last = Long.MAX_VALUE;
    }
    if (last >= view.storage().length()) {
      throw input.damaged(
          "tensor " + name + " reads number " + last + " of its storage",
          "one of its " + view.storage().length());
    }
  }

  private float[] storage(Storage storage) throws IOException {
    float[] numbers = storages.get(storage.key());
    if (numbers == null) {
      numbers = storage.type().numbers().orElseThrow().floats(archive.bytes(storage));
      storages.put(storage.key(), numbers);
      room += MOST_COPIES * numbers.length;
    }
    return numbers;
  }

  /** Gathers the numbers of the tensor, the last index varying fastest. */
  private static float[] gather(
      float[] storage, long offset, long[] shape, long[] strides, int count) {
    float[] values = new float[count];
    long[] index = new long[shape.length];
    long position = offset;
    for (int i = 0; i < count; i++) {
      values[i] = storage[(int) position];
      for (int d = shape.length - 1; d >= 0; d--) {
        position += strides[d];
        index[d]++;
        if (index[d] < shape[d]) {
          break;
        }
        position -= shape[d] * strides[d];
        index[d] = 0;
      }
    }
    return values;
  }
}

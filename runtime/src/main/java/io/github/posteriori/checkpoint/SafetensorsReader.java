package io.github.posteriori.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads safetensors files that may be damaged or hostile: memory is allocated only for what the
 * file is known to hold, and tensors may neither overlap nor leave gaps.
 */
final class SafetensorsReader {
  /** The longest header that the format allows, in bytes. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final CheckpointInput input;

  private SafetensorsReader(CheckpointInput input) {
    this.input = input;
  }

  static Safetensors read(Path file) {
    return CheckpointInput.read(file, "safetensors", input -> new SafetensorsReader(input).read());
  }

  private Safetensors read() throws IOException {
    FileFormat format = FileFormat.of(input);
    if (format != FileFormat.SAFETENSORS && format != FileFormat.UNKNOWN) {
      throw format.insteadOf("a safetensors file", input.file());
    }
    long size = input.size();
    if (size < 8) {
      throw input.damaged("it has " + size + " bytes", "at least 8");
    }
    long headerLength = input.bytes(0, 8).getLong();
    if (headerLength < 2 || headerLength > Math.min(size - 8, LONGEST_HEADER)) {
      throw input.damaged(
          "its header claims " + Long.toUnsignedString(headerLength) + " bytes",
          "at most " + Math.min(size - 8, LONGEST_HEADER));
    }
    SafetensorsHeader header = SafetensorsHeader.parse(input, (int) headerLength);
    long dataStart = 8 + headerLength;
    requireWhole(header.entries(), size - dataStart);
    PrunedTensors pruned = PrunedTensors.read(input.file(), header.metadata());
    Set<String> maskNames = pruned.maskNames();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, byte[]> masks = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    boolean exact = true;
    for (SafetensorsHeader.Entry entry : header.entries()) {
      if (entry.type().isFloating()) {
        tensors.put(entry.name(), tensor(entry, dataStart));
        exact &= entry.type().holdsFloats();
      } else if (maskNames.contains(entry.name()) && entry.type() == NumberType.U8) {
        masks.put(entry.name(), bytes(entry, dataStart).array());
      } else {
        ignored.add(entry.name());
      }
    }
    pruned.expand(tensors, masks, input);
    // Rounded numbers are not those that the checksum is of.
    if (exact) {
      Checksum.verify(header.metadata(), tensors, input);
    }
    Map<String, String> metadata = PrunedTensors.removedFrom(header.metadata());
    return new Safetensors(Checksum.removed(metadata), tensors, ignored);
  }

  /** Checks that the tensors follow each other without a gap, up to the end of the file. */
  private void requireWhole(List<SafetensorsHeader.Entry> entries, long room) {
    entries.sort(
        Comparator.comparingLong(SafetensorsHeader.Entry::begin)
            .thenComparingLong(SafetensorsHeader.Entry::end));
    long end = 0;
    for (SafetensorsHeader.Entry entry : entries) {
      if (entry.begin() != end) {
        throw input.damaged(
            "tensor " + entry.name() + " starts at " + entry.begin(), String.valueOf(end));
      }
      end = entry.end();
      if (end > room) {
        throw input.damaged("tensor " + entry.name() + " ends at " + end, "at most " + room);
      }
    }
    if (end != room) {
      throw input.damaged("its tensors end at byte " + end, String.valueOf(room));
    }
  }

  private Tensor tensor(SafetensorsHeader.Entry entry, long dataStart) throws IOException {
    float[] values = entry.type().floats(bytes(entry, dataStart));
    return new Tensor(entry.shape(), values).requireFinite(entry.name(), input);
  }

  private ByteBuffer bytes(SafetensorsHeader.Entry entry, long dataStart) throws IOException {
    return input.bytes(dataStart + entry.begin(), entry.end() - entry.begin());
  }
}

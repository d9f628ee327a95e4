package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.PickleValue.Sequence;
import io.github.posteriori.pickle.PickleValue.Text;
import io.github.posteriori.pickle.PickleValue.Whole;
import io.github.posteriori.pickle.Unpickler;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The format of PyTorch before 1.6: five consecutive pickles (a magic number, the protocol's
 * version, properties of the machine, the object, the keys of its storages), then for each key the
 * count of its numbers, as a 64-bit number, and their bytes. Source: {@code _legacy_save} in {@code
 * torch/serialization.py}.
 *
 * @param positions start of each storage's bytes, by key
 */
record LegacyArchive(PickleValue root, Map<String, Long> positions, CheckpointInput input)
    implements Archive {
  private static final Whole MAGIC = new Whole(new BigInteger("1950a86a20f9469cfc6c", 16));
  private static final Whole VERSION = Whole.of(1001);
  private static final int COUNT_LENGTH = 8;

  static LegacyArchive open(CheckpointInput input) throws IOException {
    ByteBuffer pickles = input.bytes(0, Math.min(input.size(), LONGEST_PICKLE));
    TorchVocabulary vocabulary = new TorchVocabulary();
    Unpickler unpickler = new Unpickler(vocabulary);
    if (!MAGIC.equals(unpickler.read(pickles)) || !VERSION.equals(unpickler.read(pickles))) {
      throw new CheckpointException(
          "the checkpoint "
              + input.file()
              + " is no PyTorch file but another pickle, expected what torch.save writes: load it"
              + " in Python, and write its weights with torch.save(state_dict, path)");
    }
    unpickler.read(pickles); // of the machine; storages are little-endian whatever it says
    PickleValue root = unpickler.read(pickles);
    PickleValue keys = unpickler.read(pickles);
    return new LegacyArchive(
        root, positions(keys, vocabulary.storages(), pickles.position(), input), input);
  }

  private static Map<String, Long> positions(
      PickleValue keys, Map<String, Storage> storages, long start, CheckpointInput input)
      throws IOException {
    if (!(keys instanceof Sequence sequence)) {
      throw input.damaged("its fifth pickle is no list", "the keys of its storages");
    }
    Map<String, Long> positions = new HashMap<>();
    long position = start;
    for (PickleValue key : sequence.items()) {
      Storage storage = key instanceof Text text ? storages.get(text.text()) : null;
      if (storage == null) {
        throw input.damaged("it holds a storage that no tensor has", "the storages of its tensors");
      }
      long length = input.bytes(position, COUNT_LENGTH).getLong();
      if (length != storage.length()
          || positions.put(storage.key(), position + COUNT_LENGTH) != null) {
        throw input.damaged(
            "storage " + storage.key() + " is there twice or has " + length + " numbers",
            "once, and " + storage.length());
      }
      long room = input.size() - position - COUNT_LENGTH;
      if (storage.byteLength() > room) {
        throw input.damaged(
            "storage " + storage.key() + " has " + storage.byteLength() + " bytes",
            "at most " + room);
      }
      position += COUNT_LENGTH + storage.byteLength();
    }
    if (position != input.size()) {
      throw input.damaged("its storages end at byte " + position, String.valueOf(input.size()));
    }
    return positions;
  }

  @Override
  public ByteBuffer bytes(Storage storage) throws IOException {
    Long position = positions.get(storage.key());
    if (position == null) {
      throw input.damaged("it lacks the storage " + storage.key(), "the storages of its tensors");
    }
    return input.bytes(position, storage.byteLength());
  }
}

package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.Unpickler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The format of PyTorch since 1.6: a zip file with one folder that contains {@code data.pkl} and
 * the bytes of each storage in {@code data/KEY}; newer versions add a {@code byteorder}. Source:
 * {@code torch/serialization.py}.
 */
record ZipArchive(
    StoredZip zip, String folder, ByteOrder order, PickleValue root, CheckpointInput input)
    implements Archive {
  private static final String PICKLE = "/data.pkl";

  static ZipArchive open(CheckpointInput input) throws IOException {
    StoredZip zip = StoredZip.open(input);
    List<String> pickles = zip.names().stream().filter(name -> name.endsWith(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw new CheckpointException(
          "the checkpoint "
              + input.file()
              + " is a zip file with "
              + pickles.size()
              + " entries *"
              + PICKLE
              + " among "
              + CheckpointInput.shown(zip.names().stream().sorted().limit(5).toList().toString())
              + ", expected one, as PyTorch writes it: write it with torch.save");
    }
    String pickle = pickles.get(0);
    String folder = pickle.substring(0, pickle.length() - PICKLE.length());
    requireNoScript(zip, folder, input);
    PickleValue root =
        new Unpickler(new TorchVocabulary())
            .read(zip.bytes(pickle, zip.length(pickle, LONGEST_PICKLE)));
    return new ZipArchive(zip, folder, order(zip, folder, input), root, input);
  }

  /** Refuses what {@code torch.jit.save} writes: a program, whose objects hold the weights. */
  private static void requireNoScript(StoredZip zip, String folder, CheckpointInput input) {
    boolean script =
        zip.names().stream()
            .anyMatch(
                name ->
                    name.equals(folder + "/constants.pkl") || name.startsWith(folder + "/code/"));
    if (script) {
      throw new CheckpointException(
          "the checkpoint "
              + input.file()
              + " is a TorchScript program with its weights, expected the weights alone: in Python,"
              + " write them with torch.save(torch.jit.load(path).state_dict(), other_path)");
    }
  }

  private static ByteOrder order(StoredZip zip, String folder, CheckpointInput input)
      throws IOException {
    String entry = folder + "/byteorder";
    if (!zip.names().contains(entry)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order =
        StandardCharsets.US_ASCII.decode(zip.bytes(entry, zip.length(entry, 10))).toString();
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw input.damaged("its byte order is " + order, "little or big");
    };
  }

  @Override
  public ByteBuffer bytes(Storage storage) throws IOException {
    return zip.bytes(folder + "/data/" + storage.key(), storage.byteLength()).order(order);
  }
}

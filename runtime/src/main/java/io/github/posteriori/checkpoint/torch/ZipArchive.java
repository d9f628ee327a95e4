package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The format of PyTorch since 1.6: a zip file with one folder that contains {@code data.pkl} and
 * the bytes of each storage in {@code data/KEY}; newer versions add a {@code byteorder}. Source:
 * {@code torch/serialization.py}.
 */
record ZipArchive(StoredZip zip, String folder, PickleValue root, CheckpointInput input)
    implements Archive {
  private static final String PICKLE = "/data.pkl";

  static ZipArchive open(CheckpointInput input) throws IOException {
    StoredZip zip = StoredZip.open(input);
    List<String> pickles = zip.names().stream().filter(name -> name.endsWith(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw input.damaged("its zip has " + pickles.size() + " entries *" + PICKLE, "one");
    }
    String pickle = pickles.get(0);
    String folder = pickle.substring(0, pickle.length() - PICKLE.length());
    requireLittleEndian(zip, folder, input);
    PickleValue root =
        new Unpickler(input).read(zip.bytes(pickle, zip.length(pickle, Unpickler.LONGEST)));
    return new ZipArchive(zip, folder, root, input);
  }

  private static void requireLittleEndian(StoredZip zip, String folder, CheckpointInput input)
      throws IOException {
    String entry = folder + "/byteorder";
    if (zip.names().contains(entry)) {
      String order =
          StandardCharsets.US_ASCII.decode(zip.bytes(entry, zip.length(entry, 10))).toString();
      if (!order.equals("little")) {
        throw input.damaged(
            "its numbers are " + order + "-endian", "little-endian, as most machines write them");
      }
    }
  }

  @Override
  public ByteBuffer bytes(Storage storage) throws IOException {
    return zip.bytes(folder + "/data/" + storage.key(), storage.byteLength());
  }
}

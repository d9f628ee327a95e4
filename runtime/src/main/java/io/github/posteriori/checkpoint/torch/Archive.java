package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of {@code torch.save}, in one of its two formats. */
sealed interface Archive permits ZipArchive, LegacyArchive {

  /** How every zip file begins. */
  int ZIP_MAGIC = 0x04034b50;

  /** The object that was saved. */
  PickleValue root();

  /**
   * The bytes of a storage, all of them, little-endian.
   *
   * @throws CheckpointException when the file has none, or of another length
   */
  ByteBuffer bytes(Storage storage) throws IOException;

  /** Opens a file in the format that its first bytes tell. */
  static Archive open(CheckpointInput input) throws IOException {
    boolean zip = input.size() >= 4 && input.bytes(0, 4).getInt() == ZIP_MAGIC;
    return zip ? ZipArchive.open(input) : LegacyArchive.open(input);
  }
}

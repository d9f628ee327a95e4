package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of {@code torch.save}, in one of its two formats. */
sealed interface Archive permits ZipArchive, LegacyArchive {

  /** The first bytes of every zip file. */
  int ZIP_MAGIC = 0x04034b50;

  /** The object that was saved. */
  PickleValue root();

  /**
   * Returns all bytes of a storage, little-endian.
   *
   * @throws CheckpointException when the file lacks them, or has another number
   */
  ByteBuffer bytes(Storage storage) throws IOException;

  /** Opens a file in the format that its first bytes indicate. */
  static Archive open(CheckpointInput input) throws IOException {
    boolean zip = input.size() >= 4 && input.bytes(0, 4).getInt() == ZIP_MAGIC;
    return zip ? ZipArchive.open(input) : LegacyArchive.open(input);
  }
}

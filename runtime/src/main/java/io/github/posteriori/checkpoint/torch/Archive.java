package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointInput;
import io.github.posteriori.checkpoint.FileFormat;
import io.github.posteriori.pickle.PickleValue;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of {@code torch.save}, in one of its two formats. */
sealed interface Archive permits ZipArchive, LegacyArchive {

  /** The first bytes of every zip file. */
  int ZIP_MAGIC = 0x04034b50;

  /** The longest pickle accepted, in bytes; one of names and shapes is shorter. */
  int LONGEST_PICKLE = 8_000_000;

  /** The object that was saved. */
  PickleValue root();

  /**
   * Returns all bytes of a storage, in the byte order of its numbers.
   *
   * @throws CheckpointException when the file lacks them, or has another number
   */
  ByteBuffer bytes(Storage storage) throws IOException;

  /** Opens a file in the format that its first bytes indicate. */
  static Archive open(CheckpointInput input) throws IOException {
    FileFormat format = FileFormat.of(input);
    return switch (format) {
      case ZIP -> ZipArchive.open(input);
      case PICKLE -> LegacyArchive.open(input);
      case UNKNOWN ->
          throw input.damaged(
              "it does not begin as one",
              "a zip file, or the magic number of the format before 1.6");
      default -> throw format.insteadOf("a PyTorch file", input.file());
    };
  }
}

package io.github.posteriori.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** What a file of weights is by its first bytes, whatever its suffix says. */
public enum FileFormat {
  /** A length below 4 GB, and a JSON object. */
  SAFETENSORS(4, "\0\0\0\0{", "a safetensors file", "check the path"),
  /** PyTorch's files since 1.6, and other zip files. */
  ZIP(0, "PK\u0003\u0004", "a zip file, as PyTorch writes it", "convert it first"),
  /** PyTorch's files before 1.6, and other pickles. */
  PICKLE(0, "\u0080", "a pickle, as PyTorch before 1.6 writes it", "convert it first"),
  /** Several files in one. */
  TAR(
      257,
      "ustar",
      "a tar archive, as PyTorch before 0.1.10 writes it",
      "unpack it, or load and save it with a newer PyTorch"),
  /** A compressed file. */
  GZIP(0, "\u001f\u008b", "compressed by gzip", "unpack it"),
  /** Keras's files. */
  HDF5(0, "\u0089HDF", "an HDF5 file, as Keras writes it", "save the weights with PyTorch"),
  /** NumPy's files of one array. */
  NUMPY(0, "\u0093NUMPY", "an array of NumPy", "save the weights with PyTorch"),
  /** What a repository holds in place of a large file. */
  GIT_LFS(
      0,
      "version https://git-lfs",
      "the pointer to a file that Git LFS keeps elsewhere",
      "fetch the file itself with git lfs pull"),
  /** What a failed download leaves. */
  HTML(0, "<", "a web page", "download the file itself"),
  /** Anything else. */
  UNKNOWN(0, "", "of no known format", "check the path");

  private static final int LONGEST_START = 300;

  private final int position;
  private final String magic;
  private final String description;
  private final String remedy;

  FileFormat(int position, String magic, String description, String remedy) {
    this.position = position;
    this.magic = magic;
    this.description = description;
    this.remedy = remedy;
  }

  /**
   * Recognises the format of a file.
   *
   * @throws CheckpointException when the file cannot be read
   */
  public static FileFormat of(Path file) {
    return CheckpointInput.read(file, "weights", FileFormat::of);
  }

  /** Recognises the format of {@code input}. */
  public static FileFormat of(CheckpointInput input) throws IOException {
    byte[] first = input.bytes(0, Math.min(input.size(), LONGEST_START)).array();
    String start = new String(first, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(format -> start.startsWith(format.magic, format.position))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Creates the exception for a file of this format in place of one that is {@code expected}. */
  public CheckpointException insteadOf(String expected, Path file) {
    return new CheckpointException(
        "the checkpoint " + file + " is " + description + ", expected " + expected + ": " + remedy);
  }
}

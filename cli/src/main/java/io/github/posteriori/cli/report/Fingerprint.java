package io.github.posteriori.cli.report;

import io.github.posteriori.checkpoint.CheckpointException;
import io.github.posteriori.checkpoint.CheckpointOutput;
import io.github.posteriori.data.Dataset;
import io.github.posteriori.data.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 sums that tell whether two measurements were of the same thing. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Sums the images and labels of a set, whatever file they came from: the number of images,
   * channels, rows, columns and classes, then of each image the label and the pixels as floats from
   * 0 to 1, channel by channel and row by row; all in 4 bytes, the most significant first. Features
   * have their number in place of channels, rows and columns; numbers that are targets stand in
   * place of the label.
   */
  static String of(Dataset dataset) {
    MessageDigest digest = sha256();
    for (long dimension : dataset.shape().batch(dataset.size())) {
      digest.update(ByteBuffer.allocate(4).putInt((int) dimension).array());
    }
    digest.update(ByteBuffer.allocate(4).putInt(dataset.classes()).array());
    float[] pixels = new float[dataset.shape().size()];
    int targets = Math.max(1, dataset.targetNames().size());
    ByteBuffer bytes = ByteBuffer.allocate(4 * targets + 4 * pixels.length);
    for (int i = 0; i < dataset.size(); i++) {
      dataset.image(i, pixels, 0);
      bytes.clear();
      put(dataset.targets(i), bytes);
      bytes.asFloatBuffer().put(pixels);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void put(Targets targets, ByteBuffer bytes) {
    if (targets instanceof Targets.Values values) {
      for (float value : values.values()) {
        bytes.putFloat(value);
      }
    } else if (targets instanceof Targets.Labels labels) {
      bytes.putInt(labels.classes()[0]);
    }
  }

  /**
   * Sums the bytes of a checkpoint.
   *
   * @throws CheckpointException when it cannot be read
   */
  static String of(Path file) {
    MessageDigest digest = sha256();
    byte[] piece = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot read the checkpoint "
              + file
              + " ("
              + CheckpointOutput.reason(e)
              + "): choose a file that train wrote",
          e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

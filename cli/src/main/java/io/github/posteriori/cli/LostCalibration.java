package io.github.posteriori.cli;

import java.io.PrintStream;
import java.nio.file.Path;

/** What is said where the calibration of a checkpoint does not hold for what is made of it. */
final class LostCalibration {
  private LostCalibration() {}

  /**
   * Says that the calibration in a checkpoint is left out.
   *
   * @param measured what it was measured on
   * @param remedy how to have one
   */
  static void tell(Path checkpoint, String measured, String remedy, PrintStream log) {
    log.println(
        "the calibration in "
            + checkpoint
            + " is left out, for it is that of "
            + measured
            + ": "
            + remedy);
  }
}

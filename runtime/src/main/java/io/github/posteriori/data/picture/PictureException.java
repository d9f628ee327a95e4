package io.github.posteriori.data.picture;

import java.io.IOException;

/** Thrown when a file does not show a whole picture. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String remedy;

  PictureException(String found, String expected, String remedy, Throwable cause) {
    super(found, cause);
    this.expected = expected;
    this.remedy = remedy;
  }

  static PictureException unknown() {
    return new PictureException(
        "nothing that reads as a picture (unknown format)",
        "a " + PictureDecoder.FORMATS + " file",
        "Open it in an image editor and save it anew.",
        null);
  }

  static PictureException cutShort(Throwable cause) {
    return incomplete("a picture that is cut short", cause);
  }

  static PictureException damaged(String how) {
    return incomplete("a damaged picture (" + how + ")", null);
  }

  /** Creates an exception for a file of a known format at which a decoder fails. */
  public static PictureException undecodable(Exception failure) {
    return new PictureException(
        "a picture that cannot be decoded (" + failure.getMessage() + ")",
        "a " + PictureDecoder.FORMATS + " file",
        "Open it in an image editor and save it anew.",
        failure);
  }

  private static PictureException incomplete(String found, Throwable cause) {
    return new PictureException(
        found, "a whole file", "Copy or download it again from its source.", cause);
  }

  /** What the file holds instead, such as "a picture that is cut short". */
  public String found() {
    return getMessage();
  }

  /** What was expected of the file, such as "a whole file". */
  public String expected() {
    return expected;
  }

  /** What helps, a sentence. */
  public String remedy() {
    return remedy;
  }
}

package io.github.posteriori.data.picture;

/**
 * How a stored picture is turned to stand upright, in the order of the values 1 to 8 of the tag
 * Orientation.
 *
 * @see <a href="https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E">Exif
 *     3.0, 4.6.5.1.6</a>
 */
enum Orientation {
  NORMAL(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  UPSIDE_DOWN_MIRRORED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_CLOCKWISE(true, true, false),
  TRANSVERSED(true, true, true),
  QUARTER_TURN_ANTICLOCKWISE(true, false, true);

  private final boolean transposes;
  private final boolean reverses;
  private final boolean startsAtTheEnd;

  Orientation(boolean transposes, boolean reverses, boolean startsAtTheEnd) {
    this.transposes = transposes;
    this.reverses = reverses;
    this.startsAtTheEnd = startsAtTheEnd;
  }

  /** Returns the orientation that a tag states, {@link #NORMAL} if it states none that there is. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= values().length ? values()[(int) tag - 1] : NORMAL;
  }

  /** Whether an upright row is a stored column. */
  boolean transposes() {
    return transposes;
  }

  /** Whether an upright row runs against the direction in which its pixels are stored. */
  boolean reverses() {
    return reverses;
  }

  /** Returns which of {@code lines} stored lines is the upright row {@code y}. */
  int line(int y, int lines) {
    return startsAtTheEnd ? lines - 1 - y : y;
  }
}

package io.github.posteriori.drawn;

import java.util.List;

/**
 * The range of networks that are drawn.
 *
 * @param leastSide the least height and width of an image
 * @param mostSide the largest height and width of an image
 * @param usualSides sides of square images that are drawn as often as all others together
 * @param mostChannels the most channels that are drawn
 * @param usualChannels the most channels of most layers
 * @param wideInputs the share of inputs of any number of channels rather than of up to four
 * @param pools the share of layers with a pool behind them
 * @param mostFeatures the most outputs of a hidden linear layer
 * @param pieces the most pieces in a row: a layer with those that follow it, or a fork with its
 *     join
 * @param mostImages the most images in a batch
 * @param batches batches that are drawn in place of any number of images; a step is then of one
 *     posterior sample
 * @param leastWork the least multiply-adds of a batch, with what outputs cost beside them
 * @param mostWork the most, unless one image comes to more
 * @param oddities the share of choices that few people would make, such as a stride of 3
 */
record Limits(
    int leastSide,
    int mostSide,
    List<Integer> usualSides,
    int mostChannels,
    int usualChannels,
    double wideInputs,
    double pools,
    int mostFeatures,
    int pieces,
    int mostImages,
    List<Integer> batches,
    long leastWork,
    long mostWork,
    double oddities) {

  /** Small networks of any shapes. */
  static Limits odd() {
    return new Limits(1, 13, List.of(), 40, 10, 0.2, 0.4, 40, 3, 100, List.of(), 0, 2_000_000, 0.6);
  }

  /** Small networks of the shapes for which there are algorithms of their own. */
  static Limits plain() {
    return new Limits(
        2,
        16,
        List.of(2, 4, 8, 16, 16),
        100,
        40,
        0.5,
        0.4,
        40,
        3,
        100,
        List.of(),
        0,
        3_000_000,
        0.05);
  }

  /** Small networks of large images with few channels, most of whose layers are pooled. */
  static Limits pooled() {
    return new Limits(18, 30, List.of(24), 10, 8, 1, 0.9, 20, 2, 100, List.of(), 0, 4_000_000, 0.2);
  }

  /** Networks of the sizes that people train. */
  static Limits large() {
    return large(List.of());
  }

  /** Networks of the sizes that people train, in batches as people choose them. */
  static Limits batched() {
    return large(List.of(32, 64, 128, 256));
  }

  private static Limits large(List<Integer> batches) {
    return new Limits(
        24,
        64,
        List.of(28, 32),
        96,
        64,
        0.1,
        0.3,
        400,
        6,
        512,
        batches,
        150_000_000L,
        1_500_000_000L,
        0.2);
  }

  /** Whether networks are drawn that nobody would train. */
  boolean areSmall() {
    return mostSide <= 30;
  }
}

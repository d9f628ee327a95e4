package io.github.posteriori.cli;

import io.github.posteriori.cli.run.Variation;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.corruption.Corruption;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say how the images vary that a network learns from. */
final class AugmentationOptions {
  @Option(
      names = "--rotation",
      paramLabel = "DEGREES",
      description = "largest rotation of a training image, either way (default: the recipe's)")
  private Double rotation;

  @Option(
      names = "--shift",
      paramLabel = "PIXELS",
      description = "largest shift of a training image along each axis (default: the recipe's)")
  private Integer shift;

  @Option(
      names = "--flip",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "half of the training images are mirrored (default: the recipe's)")
  private Boolean flip;

  @Option(
      names = "--augment",
      paramLabel = "LIST",
      description =
          "how training images vary, in this order: rotation:DEGREES, shift:PIXELS, flip,"
              + " crop:PIXELS[/reflect], resized-crop[:LEAST/MOST area], jitter:STRENGTH or"
              + " jitter:BRIGHTNESS/CONTRAST/SATURATION/HUE, cutout:PIXELS,"
              + " corrupt:KIND/STRENGTH, mixup:ALPHA; or none. It replaces what the recipe does"
              + " (default: the recipe's rotation, shift and flip)")
  private String augment;

  @Option(
      names = "--corrupt",
      paramLabel = "KIND:STRENGTH",
      converter = CorruptionText.class,
      description =
          "corrupt every training image, anew in every epoch and after all that varies it, such as"
              + " gaussian-noise:3; kinds as in evaluate. Validation and test images stay as they"
              + " are (default: none)")
  private Corruption corrupt;

  /**
   * Settles how images vary: at first by rotation, shift and mirroring, where nothing else is
   * stated as a recipe says.
   */
  Variation of(Augmentation recipe) {
    Augmentation unstated = augment == null ? recipe : Augmentation.none();
    Augmentation list = augment == null ? Augmentation.none() : Augmentation.parse(augment);
    return new Variation(
        RunOptions.stated(rotation, unstated.degrees()),
        RunOptions.stated(shift, unstated.pixels()),
        RunOptions.stated(flip, unstated.horizontalFlip()),
        list.toString(),
        Optional.ofNullable(corrupt).map(Corruption::toString));
  }
}

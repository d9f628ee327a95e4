package io.github.posteriori.cli.run;

import io.github.posteriori.BayesModule;
import io.github.posteriori.data.Augmentation;
import io.github.posteriori.data.View;
import io.github.posteriori.layers.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The views of each picture over which predictions are averaged, by what {@code --tta} says. */
public final class TestViews {
  /** The word for the views by which the network was trained. */
  public static final String TRAINED = "trained";

  private TestViews() {}

  /**
   * Finds how a network was trained, in the folder of its run.
   *
   * @param checkpoint file of the network
   * @throws RunFolderException when the configuration beside it is damaged
   */
  public static Optional<Augmentation> trained(Path checkpoint) {
    RunFolder folder = new RunFolder(checkpoint.toAbsolutePath().getParent());
    boolean isOfRun =
        List.of(folder.best(), folder.last()).contains(checkpoint.toAbsolutePath())
            && Files.exists(folder.config());
    return isOfRun
        ? Optional.of(SavedRun.config(folder.config()).training().augmentation())
        : Optional.empty();
  }

  /**
   * Returns the views that are asked for.
   *
   * @param text {@link #TRAINED}, or flip and shift as {@link Augmentation#parse} reads them
   * @param trained how training images were varied, if it is known
   * @param module the network
   * @throws IllegalArgumentException when there are none, or when pictures would be mirrored that
   *     were not in training
   */
  public static List<View> of(String text, Optional<Augmentation> trained, BayesModule module) {
    if (!(module.inputShape() instanceof Shape.Image shape)) {
      throw new IllegalArgumentException(
          "tta is %s, but %s takes features, of which there are no views: leave --tta out"
              .formatted(text, module.definition()));
    }
    boolean asTrained = text.equals(TRAINED);
    List<View> views =
        asTrained
            ? View.of(trained.orElseThrow(TestViews::unknownTraining), shape)
            : stated(text, shape);
    if (views.size() == 1) {
      throw new IllegalArgumentException(
          "the network was trained without flip, shift or crop, so there are no views of a picture"
              + " to average over: leave --tta out, or state views such as --tta shift:1");
    }
    boolean mirrors = views.stream().anyMatch(View::mirrored);
    if (mirrors && trained.isPresent() && !mirrors(trained.get(), shape)) {
      throw new IllegalArgumentException(
          "tta is %s, but the network has learnt from no mirrored picture (%s): leave flip out"
              .formatted(text, trained.get()));
    }
    return views;
  }

  private static boolean mirrors(Augmentation augmentation, Shape.Image shape) {
    return View.of(augmentation, shape).stream().anyMatch(View::mirrored);
  }

  /** Reads what is made of flip and shift alone. */
  private static List<View> stated(String text, Shape.Image shape) {
    Optional<Augmentation> stated = Optional.empty();
    try {
      stated = Optional.of(Augmentation.parse(text));
    } catch (IllegalArgumentException e) {
      // What follows says what was expected.
    }
    return stated
        .filter(TestViews::isFlipAndShift)
        .map(flip -> View.all(flip.horizontalFlip(), flip.pixels(), shape))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("tta is '%s', expected flip, shift:PIXELS or both, separated by a comma; for"
                            + " the views of the training, --tta alone, before another option")
                        .formatted(text)));
  }

  private static boolean isFlipAndShift(Augmentation all) {
    Augmentation shift = Augmentation.none().withShift(all.pixels());
    Augmentation same = all.horizontalFlip() ? shift.withHorizontalFlip() : shift;
    return all.equals(same) && !all.equals(Augmentation.none());
  }

  private static IllegalArgumentException unknownTraining() {
    return new IllegalArgumentException(
        "tta states no views, and no config.json beside the checkpoint says how the network was"
            + " trained: state them, such as --tta flip,shift:2");
  }
}

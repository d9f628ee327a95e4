package io.github.posteriori.cli;

import io.github.posteriori.BayesModule;
import io.github.posteriori.TestTimeAugmentation;
import io.github.posteriori.cli.run.TestViews;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that can average over views of each picture. */
final class TtaOption {
  @Option(
      names = "--tta",
      arity = "0..1",
      fallbackValue = TestViews.TRAINED,
      paramLabel = "VIEWS",
      description =
          "test-time augmentation: average over views of each picture: flip, shift:PIXELS or both,"
              + " separated by a comma; without VIEWS flip if the network was trained"
              + " with it, and half of the largest shift or crop (default: the picture alone)")
  private String views;

  /** Returns which views are asked for, if any are. */
  Optional<String> views() {
    return Optional.ofNullable(views);
  }

  /**
   * Has a network predict by views, if they are asked for; says so where its calibration is left
   * out.
   *
   * @param checkpoint file of the network
   */
  void apply(BayesModule module, Path checkpoint) {
    if (views == null) {
      return;
    }
    boolean calibrated = module.calibration().isPresent();
    module.predictor(
        TestTimeAugmentation.of(
            module.predictor(), TestViews.of(views, TestViews.trained(checkpoint), module)));
    if (calibrated) {
      LostCalibration.tell(checkpoint, "predictions without --tta", "leave --tta out", System.err);
    }
  }
}

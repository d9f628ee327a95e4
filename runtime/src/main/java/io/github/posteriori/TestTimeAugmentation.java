package io.github.posteriori;

import io.github.posteriori.data.View;
import io.github.posteriori.layers.Shape;
import io.github.posteriori.likelihood.Likelihood;
import io.github.posteriori.noise.NoiseKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Test-time augmentation: a prediction is the mean over several views of a picture, {@code p(y) =
 * 1/(S V) sum_s sum_v p(y | view v, draw s)}, where another predictor makes the draws, the same of
 * each view.
 *
 * <p>A view counts as a draw in all that is made of a prediction, so the parts of uncertainty still
 * add up: aleatoric is the mean uncertainty within a draw of a view, epistemic the scatter of p
 * between all of them. What a picture shows does not depend on the view; a network whose answers do
 * has not learnt that yet, which more data would mend.
 *
 * <p>A module that predicts so has no calibration, which is that of other predictions, and a
 * checkpoint keeps its predictor without the views.
 *
 * <p>Source: Krizhevsky et al. 2012, "ImageNet classification with deep convolutional neural
 * networks", section 4.1; with draws of a posterior, Wang et al. 2019, "Aleatoric uncertainty
 * estimation with test-time augmentation", who count the scatter between views as aleatoric.
 */
public final class TestTimeAugmentation extends Predictor {
  private final Predictor drawing;
  private final List<View> views;

  private TestTimeAugmentation(Predictor drawing, List<View> views) {
    this.drawing = drawing;
    this.views = views;
  }

  /**
   * Returns the mean over views of what another predictor draws.
   *
   * @param drawing such as {@code module.predictor()}
   * @param views at least one, such as {@link View#of} of the augmentation in training: a network
   *     that has not learnt from mirrored pictures has no right answer to them
   */
  public static TestTimeAugmentation of(Predictor drawing, List<View> views) {
    Objects.requireNonNull(drawing, "drawing is null, expected module.predictor()");
    if (views.isEmpty()) {
      throw new IllegalArgumentException(
          "there are no views, expected at least the picture itself: new View(false, 0, 0)");
    }
    return new TestTimeAugmentation(drawing.kept(), List.copyOf(views));
  }

  /** The views, each with the same draws. */
  public List<View> views() {
    return views;
  }

  /** Returns the predictor that draws. */
  @Override
  Predictor kept() {
    return drawing;
  }

  @Override
  public String method() {
    return drawing.method();
  }

  @Override
  public boolean isRandom(BayesModule module) {
    return drawing.isRandom(module);
  }

  @Override
  public int draws(BayesModule module, int samples) {
    return views.size() * drawing.draws(module, samples);
  }

  @Override
  Likelihood likelihood(BayesModule module) {
    return drawing.likelihood(module);
  }

  @Override
  void draw(
      BayesModule module,
      float[] images,
      int count,
      NoiseKey noise,
      int samples,
      Consumer<float[]> logits) {
    Shape.Image shape = (Shape.Image) module.inputShape();
    for (View view : views) {
      drawing.draw(module, view.of(images, count, shape), count, noise, samples, logits);
    }
  }

  @Override
  void requireFits(BayesModule module) {
    drawing.requireFits(module);
    if (!(module.inputShape() instanceof Shape.Image)) {
      throw new IllegalArgumentException(
          module.definition()
              + " takes the features "
              + module.inputShape()
              + ", expected images, of which there are views: predict without them");
    }
  }
}

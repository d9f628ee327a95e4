package io.github.posteriori.train;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.AffineLayer;
import io.github.posteriori.layers.Mask;
import io.github.posteriori.layers.NetworkLayer;
import io.github.posteriori.names.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Records the posteriors of chosen layers at the start of a training and after each epoch.
 *
 * <p>Only summaries are kept, a few kilobytes each, never the weights themselves.
 */
public final class PosteriorRecorder implements TrainingListener {
  private final List<AffineLayer> layers;
  private final List<PosteriorSummary> summaries = new ArrayList<>();

  private PosteriorRecorder(List<AffineLayer> layers) {
    this.layers = layers;
  }

  /**
   * Creates a recorder of some layers of {@code network}, to be added to its {@code Trainer}.
   *
   * @param names full names of layers, such as {@code conv1} or {@code block1.conv1}, or of blocks,
   *     which stand for all layers in them
   * @throws IllegalArgumentException when a name is not that of a layer that samples its weights
   */
  public static PosteriorRecorder of(Network network, List<String> names) {
    List<AffineLayer> sampled =
        network.layers().stream()
            .filter(AffineLayer.class::isInstance)
            .map(AffineLayer.class::cast)
            .filter(layer -> layer.sampledPosteriors().findAny().isPresent())
            .toList();
    Set<AffineLayer> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<AffineLayer> meant =
          sampled.stream()
              .filter(layer -> layer.name().equals(name) || layer.name().startsWith(name + "."))
              .toList();
      if (meant.isEmpty()) {
        throw unknown(name, sampled.stream().map(NetworkLayer::name).toList());
      }
      chosen.addAll(meant);
    }
    return new PosteriorRecorder(List.copyOf(chosen));
  }

  private static IllegalArgumentException unknown(String name, List<String> sampled) {
    return new IllegalArgumentException(
        "record names '"
            + name
            + "', expected a layer that samples its weights"
            + (sampled.isEmpty()
                ? ", but this network has none: train a Bayesian one, with lrt or bbb"
                : ", one of " + sampled + Spelling.hint(name, sampled)));
  }

  /** The summaries so far, by epoch, then by layer, weights before biases. */
  public List<PosteriorSummary> summaries() {
    return List.copyOf(summaries);
  }

  /** Restores the summaries recorded before the epoch at which a training is resumed. */
  public void restore(List<PosteriorSummary> earlier) {
    summaries.clear();
    summaries.addAll(earlier);
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    if (summaries.isEmpty()) {
      record(epoch - 1);
    }
  }

  @Override
  public void epochDone(EpochReport report) {
    record(report.epoch());
  }

  private void record(int epoch) {
    for (AffineLayer layer : layers) {
      layer
          .sampledPosteriors()
          .filter(posterior -> posterior.mask().map(Mask::kept).orElse(1) > 0)
          .map(posterior -> PosteriorSummary.of(epoch, layer.name(), posterior))
          .forEach(summaries::add);
    }
  }
}

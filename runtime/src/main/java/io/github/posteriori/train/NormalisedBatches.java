package io.github.posteriori.train;

import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.BatchNormLayer;
import io.github.posteriori.layers.NetworkLayer;

/**
 * Checks the batches of a training for its batch normalisations. A single value is its own mean, so
 * whatever the image, its normalisation is beta, and no layer before it learns anything.
 */
public final class NormalisedBatches {
  private NormalisedBatches() {}

  /**
   * Throws {@link IllegalArgumentException} if a batch normalisation would see only one value of a
   * channel or feature in a batch.
   *
   * @param images number of training images
   * @param batch number of images in a batch, except for the last
   * @param shard the share of each batch that is normalised together
   */
  public static void requireSeveralValues(Network network, int images, int batch, Shard shard) {
    int last = images % batch;
    boolean isOne = shard.size(last) == 1 || images >= batch && shard.size(batch) == 1;
    for (NetworkLayer layer : network.layers()) {
      if (isOne && layer instanceof BatchNormLayer norm && isSingle(norm)) {
        throw new IllegalArgumentException(
            norm.name()
                + " would normalise a single value of each channel: "
                + images
                + " images in batches of "
                + batch
                + (shard.count() == 1 ? "" : " by " + shard.count() + " trainers")
                + " leave a batch of 1 image, expected at least 2: choose another batch size, or"
                + " put one image more or less into the set");
      }
    }
  }

  private static boolean isSingle(BatchNormLayer norm) {
    return norm.input().size() == norm.scale().size();
  }

  /**
   * Throws {@link IllegalArgumentException} if the images that a batch normalisation needs together
   * are divided into shards that one trainer has computed one after the other.
   */
  public static void requireWhole(Network network, GradientExchange exchange) {
    if (exchange.spansBatch() || exchange.shards() == exchange.shard().count()) {
      return;
    }
    for (NetworkLayer layer : network.layers()) {
      if (layer instanceof BatchNormLayer norm) {
        throw new IllegalArgumentException(
            norm.name()
                + " normalises over all images of a batch, which "
                + exchange.shards()
                + " shards divide: give the trainer copies of the network by Trainer.shards, so"
                + " that they can run beside each other");
      }
    }
  }
}

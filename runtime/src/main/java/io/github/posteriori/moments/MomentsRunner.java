package io.github.posteriori.moments;

import io.github.posteriori.engine.ColumnLayout;
import io.github.posteriori.engine.Engine;
import io.github.posteriori.engine.Network;
import io.github.posteriori.layers.JoinLayer;
import io.github.posteriori.layers.NetworkLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Propagates moments through one network, with the affine layers on an engine. Blocks of images go
 * through the whole network one after the other, each on one thread, so results do not depend on
 * the number of threads.
 *
 * <p>A runner is safe to use from many threads, as long as nobody trains.
 */
public final class MomentsRunner {
  /** Images of a block, as many as the vector engine's widest registers take together. */
  private static final int MOST_TOGETHER = 64;

  /** Images of a block where those of more would not stay in a core's cache. */
  private static final int LEAST_TOGETHER = 16;

  /** Numbers of a layer that stay there. */
  private static final int MOST_NUMBERS = 1 << 19;

  private final Network network;
  private final Engine engine;
  private final Map<NetworkLayer, MomentMap> maps = new IdentityHashMap<>();
  private final List<AffineMoments> affine = new ArrayList<>();
  private final int together;

  /** Those of passes that have ended. */
  private final Queue<SpareArrays> spare = new ConcurrentLinkedQueue<>();

  /** Receives the moments of the logits of a block of images. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes in a block; several threads may call it at once.
     *
     * @param first place of the block's first image in the batch
     * @param means {@code [images, classes]} of these images
     * @param variances of the same shape, at least 0
     */
    void accept(int first, float[] means, float[] variances);
  }

  /** Opens a network on an engine. */
  public MomentsRunner(Network network, Engine engine) {
    this.network = network;
    this.engine = engine;
    int widest = network.layers().stream().mapToInt(layer -> layer.output().size()).max().orElse(0);
    this.together = (long) widest * MOST_TOGETHER <= MOST_NUMBERS ? MOST_TOGETHER : LEAST_TOGETHER;
    MomentMaps table = MomentMaps.of(network, engine);
    for (NetworkLayer layer : network.layers()) {
      if (!(layer instanceof JoinLayer)) {
        MomentMap map = layer.match(table);
        maps.put(layer, map);
        if (map instanceof AffineMoments own) {
          affine.add(own);
        }
      }
    }
  }

  /**
   * Computes the moments of the logits.
   *
   * @param images {@code [count, input]}, row-major
   * @param logits receives them block by block, in any order
   */
  public void forward(float[] images, int count, Sink logits) {
    refresh();
    int size = network.input().size();
    engine.share(
        (count + together - 1) / together,
        block -> {
          int first = block * together;
          int here = Math.min(together, count - first);
          float[] own = Arrays.copyOfRange(images, first * size, (first + here) * size);
          Moments x = Moments.exact(here, ColumnLayout.transpose(own, size));
          SpareArrays arrays = Objects.requireNonNullElseGet(spare.poll(), SpareArrays::new);
          Moments y = new MomentsPass(network, maps, arrays).run(x);
          float[] variances = y.isExact() ? new float[y.means().length] : y.variances();
          float[] means = ColumnLayout.transpose(y.means(), here);
          logits.accept(first, means, ColumnLayout.transpose(variances, here));
          if (y != x) {
            arrays.giveBack(y);
          }
          spare.add(arrays);
        });
  }

  private synchronized void refresh() {
    affine.forEach(AffineMoments::refresh);
  }
}

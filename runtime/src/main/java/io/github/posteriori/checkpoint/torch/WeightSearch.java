package io.github.posteriori.checkpoint.torch;

import io.github.posteriori.pickle.PickleValue;
import io.github.posteriori.pickle.PickleValue.Dictionary;
import io.github.posteriori.pickle.PickleValue.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A search for dictionaries of weights, nearest to the root first. The state of an optimiser holds
 * tensors, too; it is left out.
 */
final class WeightSearch {
  /** The levels of containers searched; a container may contain itself. */
  private static final int MOST_LEVELS = 16;

  /** Containers seen, each of which is searched once, however many hold it. */
  private final Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Deque<Place> open = new ArrayDeque<>();
  private final List<Found> found = new ArrayList<>();

  private WeightSearch() {}

  /**
   * A dictionary that holds weights.
   *
   * @param key the keys and positions that lead to it, joined by "/"; empty for the root
   */
  record Found(String key, Dictionary dictionary) {
    /** Returns whether its names are those of layers within a module, such as conv1.weight. */
    boolean isOfLayers() {
      return dictionary.entries().entrySet().stream()
          .anyMatch(entry -> entry.getKey().contains(".") && isWeight(entry.getValue()));
    }
  }

  private record Place(String key, int level, PickleValue value) {}

  /** Returns all dictionaries of weights in {@code root}. */
  static List<Found> in(PickleValue root) {
    WeightSearch search = new WeightSearch();
    search.add(new Place("", 0, root));
    while (!search.open.isEmpty()) {
      search.visit(search.open.poll());
    }
    return search.found;
  }

  static boolean isOptimiser(Dictionary dictionary) {
    return dictionary.entries().keySet().containsAll(List.of("state", "param_groups"));
  }

  private void add(Place place) {
    boolean container = place.value instanceof Dictionary || place.value instanceof Sequence;
    if (container && place.level < MOST_LEVELS && seen.add(place.value)) {
      open.add(place);
    }
  }

  private void visit(Place place) {
    if (place.value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        addWithin(place, String.valueOf(i), sequence.items().get(i));
      }
    } else if (place.value instanceof Dictionary dictionary && !isOptimiser(dictionary)) {
      if (dictionary.entries().values().stream().anyMatch(WeightSearch::isWeight)) {
        found.add(new Found(place.key, dictionary));
      }
      for (Map.Entry<String, PickleValue> entry : dictionary.entries().entrySet()) {
        addWithin(place, entry.getKey(), entry.getValue());
      }
    }
  }

  private void addWithin(Place outer, String key, PickleValue value) {
    if (value instanceof Dictionary || value instanceof Sequence) {
      add(new Place(outer.key.isEmpty() ? key : outer.key + "/" + key, outer.level + 1, value));
    }
  }

  /** Returns whether a value is a tensor of weights; a single number is a loss or a score. */
  private static boolean isWeight(PickleValue value) {
    return value instanceof UnreadTensor
        || value instanceof View view
            && !view.shape().isEmpty()
            && (view.isFloating() || view.storage().type().numbers().isEmpty());
  }
}

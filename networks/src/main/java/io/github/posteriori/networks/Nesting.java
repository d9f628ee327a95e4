package io.github.posteriori.networks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the layers of networks with all that they nest.
 *
 * @param fields of each class by its simple name, once for each class of that name: the simple name
 *     of the block in a field, or nothing where it is another layer
 * @param known layers of the classes that were counted
 */
record Nesting(Map<String, List<List<String>>> fields, Map<String, Long> known) {
  /** A short source can ask for billions. */
  static final long MOST_LAYERS = 10_000;

  Nesting(Map<String, List<List<String>>> fields) {
    this(fields, new HashMap<>());
  }

  boolean isDeep() {
    return fields.keySet().stream().anyMatch(name -> layers(name) > MOST_LAYERS);
  }

  private long layers(String name) {
    Long before = known.get(name);
    if (before != null) {
      return before;
    }
    known.put(name, 0L); // a class that nests itself does not compile
    long most = 0;
    for (List<String> one : fields.getOrDefault(name, List.of())) {
      long layers = 0;
      for (String block : one) {
        layers = Math.min(MOST_LAYERS + 1, layers + 1 + (block.isEmpty() ? 0 : layers(block)));
      }
      most = Math.max(most, layers);
    }
    known.put(name, most);
    return most;
  }
}

package io.github.posteriori.processor;

import io.github.posteriori.processor.report.Message;
import io.github.posteriori.processor.report.Reporter;
import io.github.posteriori.processor.spec.NetworkSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;

/**
 * The names in this compilation that a generated module must not take. Classes of an earlier
 * compilation, including the module itself, do not count.
 */
final class ModuleNames {
  private final Map<String, String> declared = new HashMap<>();
  private final Map<String, String> claimed = new HashMap<>();

  /** Records the classes that the user declares. */
  void declare(Set<? extends Element> roots) {
    roots.forEach(root -> declared.put(folded(root.toString()), root.toString()));
  }

  /** Claims the name of a network's module, or reports the class that has it. */
  void claim(NetworkSpec spec, Reporter reporter) {
    String module = spec.id().module();
    String key = folded(module);
    String taken = declared.containsKey(key) ? declared.get(key) : claimed.get(key);
    if (taken == null) {
      claimed.put(key, module);
    } else if (taken.equals(module)) {
      reporter.report(spec.place(), Message.NAME_TAKEN, module);
    } else {
      reporter.report(spec.place(), Message.NAMES_COLLIDE, module, taken);
    }
  }

  /** Returns whether a class of this full name is a network's module. */
  boolean isClaimed(String name) {
    return name.equals(claimed.get(folded(name)));
  }

  /** Folds a name as case-insensitive file systems do. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

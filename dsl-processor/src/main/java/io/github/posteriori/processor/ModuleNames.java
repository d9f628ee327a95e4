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
 * The names of this compilation that a generated module must not take. Classes of an earlier one,
 * among them the module itself, do not count.
 */
final class ModuleNames {
  private final Map<String, String> declared = new HashMap<>();
  private final Map<String, String> claimed = new HashMap<>();

  /** Takes note of what the user declares. */
  void declare(Set<? extends Element> roots) {
    roots.forEach(root -> declared.put(folded(root.toString()), root.toString()));
  }

  /** Takes the name of a network's module, or reports who has it. */
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

  /** Whether a class of this full name is a network's module. */
  boolean isClaimed(String name) {
    return name.equals(claimed.get(folded(name)));
  }

  /** As file systems may see it that do not tell case apart. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

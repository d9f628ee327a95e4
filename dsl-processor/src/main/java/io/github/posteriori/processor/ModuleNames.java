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
    String module = spec.qualifiedModuleName();
    String key = folded(module);
    String taken = declared.get(key);
    if (module.equals(taken)) {
      reporter.report(spec.place(), Message.NAME_TAKEN, module);
      return;
    }
    String twin = taken != null ? taken : claimed.putIfAbsent(key, module);
    if (twin != null && !twin.equals(module)) {
      reporter.report(spec.place(), Message.NAMES_COLLIDE, module, twin);
    }
  }

  /** As file systems may see it that do not tell case apart. */
  private static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

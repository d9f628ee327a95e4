package io.github.posteriori.pickle;

import io.github.posteriori.pickle.PickleValue.Dictionary;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions and classes that one pickle names.
 *
 * <p>A user's own class of dictionaries is in no vocabulary. It is recognised by what the pickle
 * does: it makes an object of nothing, and sets its entries. Any other use of an unknown name is
 * refused, at the latest when the pickle ends.
 */
final class Names {
  private static final Map<String, Global> PYTHON =
      Stream.<Global[]>of(PythonGlobal.values(), NumpyGlobal.values())
          .flatMap(Stream::of)
          .collect(Collectors.toUnmodifiableMap(Global::python, global -> global));

  /** Modules without a class of dictionaries that is not in {@link PythonGlobal}. */
  private static final Set<String> NEVER =
      Set.of("builtins", "collections", "importlib", "nt", "os", "posix", "subprocess", "sys");

  private final Vocabulary vocabulary;
  private final Map<String, Global> unknown = new LinkedHashMap<>();
  private final Map<Dictionary, Global> unfilled = new LinkedHashMap<>();

  Names(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** A class in no vocabulary, which may be a user's own class of dictionaries. */
  private record UnknownClass(String python) implements Global {}

  /**
   * Finds a function or class.
   *
   * @throws PickleException when it is unknown, and not even called as classes are
   */
  Global find(String module, String name) {
    String full = present(module) + "." + name;
    Global known = PYTHON.get(full);
    return known != null ? known : vocabulary.find(full).orElseGet(() -> unknown(full, name));
  }

  /** Modules that have another name today. */
  private static String present(String module) {
    return module.equals("__builtin__") ? "builtins" : module.replace("numpy._core", "numpy.core");
  }

  private Global unknown(String full, String name) {
    boolean ofClass = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
    String top = full.toLowerCase(Locale.ROOT).replaceFirst("\\..*", "");
    if (!ofClass || NEVER.contains(top)) {
      throw PickleException.forbidden(full + within());
    }
    return unknown.computeIfAbsent(full, UnknownClass::new);
  }

  /** Names the object of an unknown class that a pickle has begun. */
  private String within() {
    Optional<Global> outer = unfilled.values().stream().findFirst();
    return outer.map(global -> " within an object of the class " + global.python()).orElse("");
  }

  PickleValue call(Global global, Arguments arguments) {
    if (!(global instanceof UnknownClass)) {
      return global.call(arguments);
    }
    if (!arguments.values().isEmpty()) {
      throw PickleException.forbidden(global.python() + within());
    }
    Dictionary made = new Dictionary();
    unfilled.put(made, global);
    return made;
  }

  /** Notes that entries of a dictionary were set. */
  void filled(Dictionary dictionary) {
    Global made = unfilled.remove(dictionary);
    if (made != null) {
      unknown.remove(made.python());
    }
  }

  /** Refuses an object that is no dictionary of entries. */
  void requireBuildable(PickleValue object, PickleValue state) {
    Global made = object instanceof Dictionary dictionary ? unfilled.get(dictionary) : null;
    if (made != null) {
      unfilled.remove(object);
      throw vocabulary.object(made.python() + within(), state);
    }
  }

  /** Refuses names whose use was none of a class of dictionaries. */
  void requireKnown() {
    Stream.concat(unfilled.values().stream(), unknown.values().stream())
        .findFirst()
        .ifPresent(
            global -> {
              throw PickleException.forbidden(global.python());
            });
  }
}
